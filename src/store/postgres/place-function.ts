/**
 * Where the tables live: which server, on which timeline of it, in which database, as which table. All of it stays the same for as long as
 * nothing is put back from elsewhere. A recovery to a point in time and a standby that took over begin a new timeline, a dump comes
 * back as other tables; a server that does not let everybody see its number is known by the rest. Out of reach: a copy of the whole
 * disk that is started as if nothing had been.
 */
export const placeFunction = `
CREATE FUNCTION connector_place() RETURNS text LANGUAGE plpgsql VOLATILE AS $place$
DECLARE
  v_server text := '';
  v_timeline text := '';
BEGIN
  BEGIN
    SELECT system_identifier::text INTO v_server FROM pg_control_system();
  EXCEPTION WHEN insufficient_privilege THEN
    v_server := '';
  END;
  BEGIN
    v_timeline := left(pg_walfile_name(pg_current_wal_lsn()), 8);
  EXCEPTION WHEN insufficient_privilege THEN
    v_timeline := '';
  END;
  RETURN concat_ws('/', v_server, v_timeline, (SELECT oid FROM pg_database WHERE datname = current_database()),
                   'conversations'::regclass::oid);
END
$place$;`;
