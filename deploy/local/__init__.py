"""The parts of an installation on one machine: Kafka, PostgreSQL and the services as processes."""
