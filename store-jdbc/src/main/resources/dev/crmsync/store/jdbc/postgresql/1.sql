-- The tables of the store. A statement ends with a semicolon at the end of its line; # stands for the prefix.

CREATE TABLE IF NOT EXISTS #link (
  sync VARCHAR(100) COLLATE "C" NOT NULL,
  id VARCHAR(64) COLLATE "C" NOT NULL,
  type VARCHAR(100) NOT NULL,
  version BIGINT NOT NULL,
  rules_hash VARCHAR(200) NOT NULL,
  document BYTEA NOT NULL,
  PRIMARY KEY (sync, id)
) WITH (fillfactor = 80);

CREATE TABLE IF NOT EXISTS #ref (
  sync VARCHAR(100) COLLATE "C" NOT NULL,
  system VARCHAR(100) COLLATE "C" NOT NULL,
  type VARCHAR(100) COLLATE "C" NOT NULL,
  external_id VARCHAR(400) COLLATE "C" NOT NULL,
  link VARCHAR(64) COLLATE "C" NOT NULL,
  PRIMARY KEY (sync, system, type, external_id)
);

CREATE TABLE IF NOT EXISTS #match_key (
  sync VARCHAR(100) COLLATE "C" NOT NULL,
  type VARCHAR(100) COLLATE "C" NOT NULL,
  field VARCHAR(200) COLLATE "C" NOT NULL,
  digest VARCHAR(64) COLLATE "C" NOT NULL,
  link VARCHAR(64) COLLATE "C" NOT NULL,
  PRIMARY KEY (sync, type, field, digest, link)
);

-- waiting_on is empty when the work waits for no link, claim_until is 0 when it is not claimed.
CREATE TABLE IF NOT EXISTS #due (
  sync VARCHAR(100) COLLATE "C" NOT NULL,
  link VARCHAR(64) COLLATE "C" NOT NULL,
  system VARCHAR(100) COLLATE "C" NOT NULL,
  lane SMALLINT NOT NULL,
  not_before BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  in_flight BOOLEAN NOT NULL,
  waiting_on VARCHAR(64) COLLATE "C" NOT NULL,
  claim_owner VARCHAR(200),
  claim_until BIGINT NOT NULL,
  PRIMARY KEY (sync, link, system)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX IF NOT EXISTS #due_turn ON #due (sync, system, lane, waiting_on, not_before, link);
CREATE INDEX IF NOT EXISTS #due_child ON #due (sync, waiting_on) WHERE waiting_on <> '';

-- One row for each system and lane that ever had work, so that turns need not search for them.
CREATE TABLE IF NOT EXISTS #ready (
  sync VARCHAR(100) COLLATE "C" NOT NULL,
  system VARCHAR(100) COLLATE "C" NOT NULL,
  lane SMALLINT NOT NULL,
  served BIGINT NOT NULL,
  PRIMARY KEY (sync, system, lane)
);

CREATE SEQUENCE IF NOT EXISTS #ticket;

CREATE TABLE IF NOT EXISTS #inbox (
  sync VARCHAR(100) COLLATE "C" NOT NULL,
  id BIGINT NOT NULL,
  shard INTEGER NOT NULL,
  system VARCHAR(100) COLLATE "C" NOT NULL,
  dedupe_key VARCHAR(200) COLLATE "C" NOT NULL,
  received_at BIGINT NOT NULL,
  done BOOLEAN NOT NULL,
  content BYTEA,
  PRIMARY KEY (sync, id),
  CONSTRAINT #inbox_once UNIQUE (sync, system, dedupe_key)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX IF NOT EXISTS #inbox_pending ON #inbox (sync, shard, id) WHERE NOT done;
CREATE INDEX IF NOT EXISTS #inbox_old ON #inbox (sync, received_at) WHERE done;

CREATE TABLE IF NOT EXISTS #journal (
  sync VARCHAR(100) COLLATE "C" NOT NULL,
  link VARCHAR(64) COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  n BIGINT GENERATED ALWAYS AS IDENTITY,
  made_at BIGINT NOT NULL,
  kind VARCHAR(20) NOT NULL,
  skeleton BYTEA NOT NULL,
  personal BYTEA,
  PRIMARY KEY (sync, link, seq, n)
);
CREATE INDEX IF NOT EXISTS #journal_old ON #journal (sync, made_at);

CREATE TABLE IF NOT EXISTS #cursor (
  sync VARCHAR(100) COLLATE "C" NOT NULL,
  name VARCHAR(200) COLLATE "C" NOT NULL,
  content BYTEA NOT NULL,
  PRIMARY KEY (sync, name)
);

CREATE TABLE IF NOT EXISTS #review (
  sync VARCHAR(100) COLLATE "C" NOT NULL,
  id VARCHAR(64) COLLATE "C" NOT NULL,
  link VARCHAR(64) COLLATE "C" NOT NULL,
  kind VARCHAR(40) NOT NULL,
  opened_at BIGINT NOT NULL,
  closed_at BIGINT,
  unanswered BOOLEAN NOT NULL,
  skeleton BYTEA NOT NULL,
  personal BYTEA,
  PRIMARY KEY (sync, id)
);
CREATE INDEX IF NOT EXISTS #review_open ON #review (sync, unanswered, id);
CREATE INDEX IF NOT EXISTS #review_link ON #review (sync, link);

CREATE TABLE IF NOT EXISTS #dead_letter (
  sync VARCHAR(100) COLLATE "C" NOT NULL,
  id VARCHAR(64) COLLATE "C" NOT NULL,
  system VARCHAR(100) NOT NULL,
  link VARCHAR(64) COLLATE "C",
  kind VARCHAR(20) NOT NULL,
  reason TEXT NOT NULL,
  kept_at BIGINT NOT NULL,
  content BYTEA,
  PRIMARY KEY (sync, id)
);
CREATE INDEX IF NOT EXISTS #dead_letter_link ON #dead_letter (sync, link);

-- An empty owner means that the lease was given back; the token stays, so that the next one is greater.
CREATE TABLE IF NOT EXISTS #lease (
  name VARCHAR(200) COLLATE "C" NOT NULL,
  owner VARCHAR(200) NOT NULL,
  token BIGINT NOT NULL,
  held_until BIGINT NOT NULL,
  PRIMARY KEY (name)
);
