package io.showreel.embedded;

import io.showreel.embedded.process.Folders;
import io.showreel.embedded.process.Leftovers;
import io.showreel.embedded.process.Ports;
import io.showreel.embedded.process.Program;
import io.showreel.embedded.process.RunningServer;
import io.showreel.embedded.process.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A durable PostgreSQL over a folder of its own: every commit is on the disk before it is answered. It starts over
 * whatever {@code kill -9} left, orphans of an earlier server included.
 */
public final class PostgresServer implements Server {

    private static final String SUPERUSER = "postgres";
    private static final String PASSWORD = "showreel";

    private final Settings settings;

    /**
     * @param data the folder that keeps the data between runs; made at the first start
     * @param port on the loopback interface
     * @param maxConnections over all databases
     */
    public record Settings(Path data, int port, int maxConnections) {}

    /** A database with a role of the same name and password. */
    public record Database(String host, int port, String name) {

        public String username() {
            return name;
        }

        public String password() {
            return name;
        }

        public String r2dbcUrl() {
            return "r2dbc:postgresql://%s:%d/%s".formatted(host, port, name);
        }

        public String jdbcUrl() {
            return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
        }
    }

    public PostgresServer(Settings settings) {
        this.settings = settings;
    }

    /** The one server of this JVM, for tests: started at first use over a temporary folder, gone with the JVM. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    public String host() {
        return "localhost";
    }

    public int port() {
        return settings.port();
    }

    /** A fresh database, whose name starts with the prefix, and a role that owns it. */
    public Database createDatabase(String prefix) {
        var name = prefix + "_" + UUID.randomUUID().toString().substring(0, 8);
        return ensureDatabase(name);
    }

    /** The database and role of exactly that name, made if they aren't there. */
    public Database ensureDatabase(String name) {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("Not a plain lower-case name: " + name);
        }
        try (var connection = connect();
                var statement = connection.createStatement()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", name)) {
                statement.execute("create role %s login password '%s'".formatted(name, name));
            }
            if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
                statement.execute("create database %s owner %s".formatted(name, name));
            }
            return new Database(host(), port(), name);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create database " + name, e);
        }
    }

    @Override
    public Program prepare() {
        var data = settings.data().toAbsolutePath();
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(data);
        }
        endOrphans(data);
        var command = asOrdinaryUser();
        command.addAll(List.of(executable("postgres"), "-D", data.toString(), "-p", Integer.toString(port())));
        options().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return new Program("postgres", command, Map.of("LC_ALL", "C", "TZ", "UTC"), data, Program.StopSignal.INT);
    }

    @Override
    public boolean isReady() {
        try (var connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private Map<String, String> options() {
        return Map.ofEntries(
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("full_page_writes", "on"),
                Map.entry("listen_addresses", "localhost"),
                Map.entry("unix_socket_directories", ""),
                Map.entry("max_connections", Integer.toString(settings.maxConnections())),
                Map.entry("shared_buffers", "64MB"),
                Map.entry("io_method", "sync"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"));
    }

    private static void initialise(Path data) {
        var draft = data.resolveSibling(data.getFileName() + ".new");
        try {
            // A first start that was interrupted left a half-made folder: what counts is complete or absent.
            Folders.delete(draft);
            Folders.delete(data);
            Files.createDirectories(
                    draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var password = Files.writeString(Files.createTempFile("showreel", ".pw"), PASSWORD);
            var command = asOrdinaryUser();
            command.addAll(List.of(executable("initdb"), "-D", draft.toString(), "-U", SUPERUSER));
            command.addAll(List.of("-A", "scram-sha-256", "--pwfile", password.toString(), "--encoding", "UTF8"));
            command.addAll(List.of("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"));
            run(command);
            Files.delete(password);
            Files.move(draft, data);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot initialise PostgreSQL in " + data, e);
        }
    }

    /**
     * Servers and their backends have the data folder as working directory. A number in {@code postmaster.pid} that by
     * now belongs to somebody else would keep PostgreSQL from starting: with no server left, the file says nothing.
     */
    private static void endOrphans(Path data) {
        Leftovers.endThoseIn(data, Program.StopSignal.INT, Duration.ofSeconds(10));
        try {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace without mapping, root is nobody but owns its files. */
    private static ArrayList<String> asOrdinaryUser() {
        return "root".equals(System.getProperty("user.name"))
                ? new ArrayList<>(List.of("unshare", "--user"))
                : new ArrayList<>();
    }

    private static String executable(String name) {
        return PostgresBinaries.folder().resolve("bin").resolve(name).toString();
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.inputReader()) {
            var said = output.readAllAsString();
            if (process.waitFor() != 0) {
                throw new IOException(command.getFirst() + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    private Connection connect() throws SQLException {
        var url = "jdbc:postgresql://%s:%d/postgres?connectTimeout=2&socketTimeout=30".formatted(host(), port());
        return DriverManager.getConnection(url, SUPERUSER, PASSWORD);
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static final class Shared {
        static final PostgresServer SERVER = start();

        private static PostgresServer start() {
            var scratch = Folders.temporary("postgres");
            var server = new PostgresServer(new Settings(scratch.resolve("data"), Ports.free(), 300));
            RunningServer.startForThisJvm(server, scratch);
            return server;
        }
    }
}
