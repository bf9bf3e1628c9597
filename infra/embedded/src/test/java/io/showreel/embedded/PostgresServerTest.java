package io.showreel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.embedded.PostgresServer.Database;
import io.showreel.embedded.PostgresServer.Settings;
import io.showreel.embedded.process.ChildProcess;
import io.showreel.embedded.process.Ports;
import io.showreel.embedded.process.RunningServer;
import io.showreel.embedded.process.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @TempDir
    Path folder;

    @Test
    void a_commit_is_on_the_disk_before_it_is_answered() throws SQLException {
        var database = PostgresServer.shared().createDatabase("durable");

        assertThat(query(database, "show fsync")).isEqualTo("on");
        assertThat(query(database, "show synchronous_commit")).isEqualTo("on");
    }

    @Test
    void each_database_belongs_to_a_role_of_its_own_that_is_no_superuser() throws SQLException {
        var database = PostgresServer.shared().createDatabase("owned");

        assertThat(query(database, "select current_user")).isEqualTo(database.name());
        assertThat(query(database, "select rolsuper::text from pg_roles where rolname = current_user"))
                .isEqualTo("false");
        assertThat(PostgresServer.shared().ensureDatabase(database.name())).isEqualTo(database);
    }

    @Test
    void data_survives_a_kill_and_a_number_in_the_pid_file_that_is_somebody_elses_by_now() throws Exception {
        var first = new PostgresServer(settings());
        Database database;
        try (var running = RunningServer.start(first, log())) {
            database = first.createDatabase("kept");
            execute(database, "create table kept as select 42 as answer");
            running.kill();
        }
        var pidFile = folder.resolve("data/postmaster.pid");
        var lines = Files.readAllLines(pidFile);
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(pidFile, lines);

        var second = new PostgresServer(settings());
        try (var running = RunningServer.start(second, log())) {
            var moved = new Database(second.host(), second.port(), database.name());
            assertThat(query(moved, "select answer::text from kept")).isEqualTo("42");
            assertThat(running.isAlive()).isTrue();
        }
    }

    @Test
    void a_server_that_an_earlier_run_left_behind_is_ended_first() throws Exception {
        var settings = settings();
        var orphan = ChildProcess.start(new PostgresServer(settings).prepare(), log());
        assertThat(Waiting.until(Duration.ofSeconds(30), new PostgresServer(settings)::isReady))
                .isTrue();

        var server = new PostgresServer(settings);
        try (var running = RunningServer.start(server, log())) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(running.pid()).isNotEqualTo(orphan.pid());
            assertThat(query(server.createDatabase("new"), "select 'here'")).isEqualTo("here");
        } finally {
            orphan.kill();
        }
    }

    @Test
    void a_first_start_that_was_interrupted_is_begun_anew() throws Exception {
        Files.createDirectories(folder.resolve("data/base"));
        Files.createDirectories(folder.resolve("data.new/base"));
        Files.write(folder.resolve("data.new/half"), List.of("made"));

        try (var running = RunningServer.start(new PostgresServer(settings()), log())) {
            assertThat(running.isAlive()).isTrue();
            assertThat(folder.resolve("data.new")).doesNotExist();
        }
    }

    private Settings settings() {
        return new Settings(folder.resolve("data"), Ports.free(), 20);
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }

    private static String query(Database database, String query) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Database database, String statement) throws SQLException {
        try (var connection =
                DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password())) {
            connection.createStatement().execute(statement);
        }
    }
}
