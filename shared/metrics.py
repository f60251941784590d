"""What Prometheus can ask a service: is it telling, is it hearing, is anything parked."""

from prometheus_client import Counter, Gauge, Histogram

OUTBOX_PENDING = Gauge("huiban_outbox_pending", "Events told but not yet on Kafka")
OUTBOX_AGE = Gauge(
    "huiban_outbox_oldest_pending_age_seconds", "Age of the oldest event not yet on Kafka"
)
OUTBOX_BLOCKED = Gauge("huiban_outbox_blocked", "Events that Kafka will never take; alarm above 0")
OUTBOX_PUBLISHED = Counter("huiban_outbox_published", "Events published", ["topic"])
OUTBOX_ERRORS = Counter("huiban_outbox_publish_errors", "Failed publishing rounds", ["kind"])
RELAY_LEADER = Gauge("huiban_outbox_relay_leader", "1 where this process relays")
INBOX_EVENTS = Counter("huiban_inbox_events", "Events heard, by outcome", ["outcome"])
PARKED = Gauge("huiban_parked_events", "Parked events, by state", ["state"])
PARKED_AGE = Gauge("huiban_parked_oldest_age_seconds", "Age of the oldest parked event")
LAG_RECORDS = Gauge("huiban_consumer_lag_records", "Records on the topics not yet taken in")
LAG_SECONDS = Gauge(
    "huiban_consumer_lag_seconds", "Age of what was last in hand; 0 when all is taken in"
)
LISTENING_ANEW = Counter(
    "huiban_consumer_restarts", "Clients that stood still and were replaced; alarm where it grows"
)
LOOP_AGE = Gauge("huiban_loop_heartbeat_age_seconds", "Since each loop last came round", ["loop"])
POLL_SECONDS = Histogram(
    "huiban_hearing_poll_seconds",
    "Time to take in one poll",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30),
)
