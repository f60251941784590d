-- Each service has a role and a schema of its own, and nothing in the others'.
-- docker-compose.yml runs this once, as the administrator, in the database huiban;
-- `huiban prepare` sees to the same on any other server.

REVOKE ALL ON DATABASE huiban FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

\getenv portal_password HUIBAN_PORTAL_DATABASE_PASSWORD
CREATE ROLE huiban_portal LOGIN PASSWORD :'portal_password';
-- The portal is rebuilt in a schema beside its own, which then takes its place.
GRANT CONNECT, TEMPORARY, CREATE ON DATABASE huiban TO huiban_portal;
CREATE SCHEMA portal AUTHORIZATION huiban_portal;

\getenv registry_password HUIBAN_REGISTRY_DATABASE_PASSWORD
CREATE ROLE huiban_registry LOGIN PASSWORD :'registry_password';
GRANT CONNECT, TEMPORARY ON DATABASE huiban TO huiban_registry;
CREATE SCHEMA registry AUTHORIZATION huiban_registry;

\getenv intake_password HUIBAN_INTAKE_DATABASE_PASSWORD
CREATE ROLE huiban_intake LOGIN PASSWORD :'intake_password';
GRANT CONNECT, TEMPORARY ON DATABASE huiban TO huiban_intake;
CREATE SCHEMA intake AUTHORIZATION huiban_intake;

\getenv assignment_password HUIBAN_ASSIGNMENT_DATABASE_PASSWORD
CREATE ROLE huiban_assignment LOGIN PASSWORD :'assignment_password';
GRANT CONNECT, TEMPORARY ON DATABASE huiban TO huiban_assignment;
CREATE SCHEMA assignment AUTHORIZATION huiban_assignment;

\getenv reply_password HUIBAN_REPLY_DATABASE_PASSWORD
CREATE ROLE huiban_reply LOGIN PASSWORD :'reply_password';
GRANT CONNECT, TEMPORARY ON DATABASE huiban TO huiban_reply;
CREATE SCHEMA reply AUTHORIZATION huiban_reply;

\getenv escalation_password HUIBAN_ESCALATION_DATABASE_PASSWORD
CREATE ROLE huiban_escalation LOGIN PASSWORD :'escalation_password';
GRANT CONNECT, TEMPORARY ON DATABASE huiban TO huiban_escalation;
CREATE SCHEMA escalation AUTHORIZATION huiban_escalation;
