package io.showreel.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A running child process: in a session of its own, so that Ctrl-C on the terminal reaches only us and we end our
 * children in order, and under a {@link Watchdog}, so that it doesn't outlive us even if we are killed.
 */
public final class ChildProcess {

    private final Program program;
    private final Process process;
    private final Watchdog watchdog;

    private ChildProcess(Program program, Process process, Watchdog watchdog) {
        this.program = program;
        this.process = process;
        this.watchdog = watchdog;
    }

    /** Starts the program; its output is appended to {@code log}. */
    public static ChildProcess start(Program program, Path log) {
        return start(program, log, List.of());
    }

    /** As {@link #start(Program, Path)}; should we die, the watchdog also removes the {@code scratch} folders. */
    static ChildProcess start(Program program, Path log, List<Path> scratch) {
        var command = new ArrayList<String>(program.command().size() + 1);
        command.add("setsid");
        command.addAll(program.command());
        var builder = new ProcessBuilder(command)
                .directory(program.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(program.environment());
        try {
            Files.createDirectories(program.directory());
            Files.createDirectories(log.toAbsolutePath().getParent());
            var process = builder.start();
            process.getOutputStream().close();
            return new ChildProcess(program, process, Watchdog.over(process.pid(), program.stop(), scratch));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + program.name() + ": " + e.getMessage(), e);
        }
    }

    public Program program() {
        return program;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code as soon as the process has ended. */
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Asks the process to end, waits as long as {@code patience}, then kills it and what it started. */
    public void stop(Duration patience) {
        if (process.isAlive()) {
            Signals.send(program.stop().name(), process.pid());
            awaitExit(patience);
        }
        kill();
    }

    /** Kills what is left of the process and of its group. */
    public void kill() {
        process.destroyForcibly();
        Signals.killGroup(process.pid());
        awaitExit(Duration.ofSeconds(10));
        watchdog.dismiss();
    }

    private void awaitExit(Duration patience) {
        try {
            process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
