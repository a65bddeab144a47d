"""A version that was published is never changed or deleted, whoever tries; an instrument keeps its key."""

from django.db import migrations

GUARDED = """
CREATE FUNCTION tests_app_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        IF EXISTS (SELECT FROM tests_app_version WHERE state <> 'draft') THEN
            RAISE EXCEPTION 'a version that was published is never deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
    END IF;
    IF OLD.state = 'draft' THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a version that was published is never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'draft' OR NEW.published_at IS DISTINCT FROM OLD.published_at OR NEW.shipped <> OLD.shipped
        OR (NEW.id, NEW.public_id, NEW.instrument_id, NEW.number, NEW.digest, NEW.content)
            IS DISTINCT FROM (OLD.id, OLD.public_id, OLD.instrument_id, OLD.number, OLD.digest, OLD.content)
    THEN
        RAISE EXCEPTION 'a version that was published is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION tests_app_instrument_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an instrument keeps its key' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER version_stays BEFORE UPDATE OR DELETE ON tests_app_version
    FOR EACH ROW EXECUTE FUNCTION tests_app_version_guard();
CREATE TRIGGER version_stays_whole BEFORE TRUNCATE ON tests_app_version
    FOR EACH STATEMENT EXECUTE FUNCTION tests_app_version_guard();
CREATE TRIGGER instrument_keeps_key BEFORE UPDATE ON tests_app_instrument
    FOR EACH ROW WHEN (OLD.key IS DISTINCT FROM NEW.key) EXECUTE FUNCTION tests_app_instrument_guard();
"""
UNGUARDED = """
DROP TRIGGER instrument_keeps_key ON tests_app_instrument;
DROP TRIGGER version_stays_whole ON tests_app_version;
DROP TRIGGER version_stays ON tests_app_version;
DROP FUNCTION tests_app_instrument_guard, tests_app_version_guard;
"""


class Migration(migrations.Migration):
    dependencies = [('tests_app', '0001_tests')]
    operations = [migrations.RunSQL(GUARDED, UNGUARDED)]
