package io.showreel.system.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * What the services' databases tell afterwards. When a row was committed PostgreSQL itself remembers, since the server
 * runs with {@code track_commit_timestamp}: nothing has to watch while the load runs.
 */
final class Databases implements AutoCloseable {

    static final Map<String, String> OPTIONS = Map.of("track_commit_timestamp", "on");

    private static final Duration TO_ARRIVE = Duration.ofMinutes(1);

    private final int port;
    /** Kept open: who signs on anew for each look at the ledger takes time from those who are measured. */
    private final Map<String, Connection> connections = new HashMap<>();

    Databases(int port) {
        this.port = port;
    }

    /** What the ledger of takes holds of some jobs. */
    record Takes(long jobs, long rows, long incomplete) {}

    long lastJob() {
        return number("gateway", "select coalesce(max(id), 0) from job", 0);
    }

    /** How many of the jobs after that one are in the ledger. */
    long inLedger(long after) {
        return number("render", "select count(*) from cut where job_id > ?", after);
    }

    /** Waits until so many jobs after that one are in the ledger, or none has come for long. */
    long awaitInLedger(long after, long expected) {
        return Awaitility.await("the ledger")
                .atMost(TO_ARRIVE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> inLedger(after), arrived -> arrived >= expected);
    }

    /** @param scenes that each job should have */
    Takes takes(long after, int scenes) {
        var rows = number("render", "select count(*) from take where job_id > ?", after);
        var jobs = number("render", "select count(distinct job_id) from take where job_id > ?", after);
        var incomplete = number(
                "render",
                "select count(*) from (select from take where job_id > ? group by job_id having count(*) <> " + scenes
                        + ") incomplete",
                after);
        return new Takes(jobs, rows, incomplete);
    }

    /** When each job after that one was committed to the ledger. */
    Map<Long, Instant> ledgerCommits(long after) {
        return query(
                "render", "select job_id, pg_xact_commit_timestamp(xmin) from cut where job_id > ?", after, row -> {
                    var commits = new HashMap<Long, Instant>();
                    while (row.next()) {
                        commits.put(row.getLong(1), instant(row, 2));
                    }
                    return commits;
                });
    }

    /** A message that a service wrote, and when the transaction was committed that wrote it. */
    record Written(UUID id, String topic, String key, Instant commit) {}

    /** From now on a service's messages leave a trace that outlives their rows in its outbox. */
    synchronized void traceOutbox(String service) {
        try (var statement = connection(service).createStatement()) {
            statement.execute("create table written (id uuid, topic text, key text)");
            statement.execute("""
                    create function trace() returns trigger language plpgsql as $$
                    begin
                        insert into written select id, aggregatetype, aggregateid from fresh;
                        return null;
                    end $$""");
            statement.execute("""
                    create trigger trace after insert on outbox referencing new table as fresh
                    for each statement execute function trace()""");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was traced is kept; what is written from now on goes without. */
    synchronized void endTrace(String service) {
        try (var statement = connection(service).createStatement()) {
            statement.execute("drop trigger trace on outbox");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a service has written while its outbox was traced. */
    List<Written> written(String service) {
        return query(service, "select id, topic, key, pg_xact_commit_timestamp(xmin) from written", null, row -> {
            var written = new ArrayList<Written>();
            while (row.next()) {
                written.add(
                        new Written(row.getObject(1, UUID.class), row.getString(2), row.getString(3), instant(row, 4)));
            }
            return written;
        });
    }

    /** When the effect of each message that a service has read since then was committed. */
    Map<UUID, Instant> inboxCommits(String service, Instant since) {
        return query(
                service,
                "select message_id, pg_xact_commit_timestamp(xmin) from inbox where received_at >= ?",
                since,
                row -> {
                    var commits = new HashMap<UUID, Instant>();
                    while (row.next()) {
                        commits.put(row.getObject(1, UUID.class), instant(row, 2));
                    }
                    return commits;
                });
    }

    /** No take is started from now on, and so no job changes by itself. */
    synchronized void pauseRendering() {
        try (var statement = connection("render").createStatement()) {
            statement.executeUpdate("update account set paused_until = now() + interval '1 hour'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long number(String database, String sql, long parameter) {
        return query(database, sql, parameter, row -> {
            row.next();
            return row.getLong(1);
        });
    }

    private interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private synchronized <T> T query(String database, String sql, Object parameter, Reading<T> reading) {
        try (var statement = connection(database).prepareStatement(sql)) {
            if (sql.contains("?")) {
                statement.setObject(
                        1, parameter instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameter);
            }
            try (var rows = statement.executeQuery()) {
                return reading.read(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private Connection connection(String database) throws SQLException {
        var open = connections.get(database);
        if (open == null) {
            open = DriverManager.getConnection(
                    "jdbc:postgresql://localhost:%d/%s".formatted(port, database), database, database);
            connections.put(database, open);
        }
        return open;
    }

    @Override
    public synchronized void close() {
        for (var connection : connections.values()) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
