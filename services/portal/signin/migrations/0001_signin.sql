-- Who may come in. Not part of the read side: no event says any of it, and a replay leaves it alone.

CREATE TABLE accounts (
    person text PRIMARY KEY,
    opened_at timestamptz NOT NULL,
    subject text UNIQUE,              -- the name under which the city's sign-in knows them
    password text,                    -- argon2id
    must_change boolean NOT NULL DEFAULT false,
    set_at timestamptz,
    secret bytea,                     -- of the second factor, sealed
    enrolled_at timestamptz,          -- null while it has not been confirmed
    used_step bigint NOT NULL DEFAULT 0,
    locked_at timestamptz,
    locked_why text
);

CREATE TABLE earlier_passwords (
    person text NOT NULL REFERENCES accounts,
    set_at timestamptz NOT NULL,
    password text NOT NULL,
    PRIMARY KEY (person, set_at)
);

CREATE TABLE recovery_codes (
    person text NOT NULL REFERENCES accounts,
    digest bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (person, digest)
);

-- The browser holds the id; here is its digest only.
CREATE TABLE sessions (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest bytea NOT NULL UNIQUE,
    person text NOT NULL,
    way text NOT NULL,
    post text,
    unit text,
    on_behalf_of text,
    began_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    proved_at timestamptz NOT NULL,
    second_at timestamptz,
    address text NOT NULL,
    browser text NOT NULL,
    ended_at timestamptz,
    ended_why text
);
CREATE INDEX sessions_open ON sessions (person) WHERE ended_at IS NULL;
CREATE INDEX sessions_seen ON sessions (seen_at);

-- Every try counts as failed until it has succeeded, so that many at once do not slip through.
CREATE TABLE failures (
    failure bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    address text NOT NULL,
    failed_at timestamptz NOT NULL
);
CREATE INDEX failures_of_a_name ON failures (name, failed_at DESC);
CREATE INDEX failures_from_an_address ON failures (address, failed_at DESC);

-- Those who were sent to the city's sign-in and have not come back yet.
CREATE TABLE journeys (
    state bytea PRIMARY KEY,
    nonce text NOT NULL,
    verifier text NOT NULL,
    next text NOT NULL,
    session bigint,
    began_at timestamptz NOT NULL
);

-- What happened at the door, each entry sealed with the one before it (SM3).
CREATE TABLE trail (
    n bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    what text NOT NULL,
    person text NOT NULL,
    entry text NOT NULL,
    digest bytea NOT NULL
);
CREATE INDEX trail_of_a_person ON trail (person, n DESC);
CREATE INDEX trail_of_a_kind ON trail (what, n DESC);

CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trail is only written on, never changed';
END
$$;
CREATE TRIGGER trail_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON trail
    FOR EACH STATEMENT EXECUTE FUNCTION never();
