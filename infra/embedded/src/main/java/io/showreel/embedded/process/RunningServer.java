package io.showreel.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server that was started and answers; closing it ends it. */
public final class RunningServer implements AutoCloseable {

    private static final Duration TO_START = Duration.ofSeconds(90);
    private static final Duration TO_STOP = Duration.ofSeconds(15);

    private final ChildProcess process;

    private RunningServer(ChildProcess process) {
        this.process = process;
    }

    /** Starts a server and waits until it answers. */
    public static RunningServer start(Server server, Path log) {
        return start(server, log, List.of());
    }

    private static RunningServer start(Server server, Path log, List<Path> scratch) {
        var program = server.prepare();
        var process = ChildProcess.start(program, log, scratch);
        if (!Waiting.until(TO_START, () -> !process.isAlive() || server.isReady()) || !process.isAlive()) {
            process.kill();
            throw new IllegalStateException(
                    "%s did not start. The end of its log:%n%s".formatted(program.name(), tail(log)));
        }
        return new RunningServer(process);
    }

    /** Starts a server over a folder that vanishes with this JVM, or with the server if this JVM is killed. */
    public static RunningServer startForThisJvm(Server server, Path scratch) {
        var running = start(server, scratch.resolve("server.log"), List.of(scratch));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            running.process.kill();
            Folders.delete(scratch);
        }));
        return running;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process, as a crash would. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.stop(TO_STOP);
    }

    private static String tail(Path log) {
        try {
            var text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 4_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
