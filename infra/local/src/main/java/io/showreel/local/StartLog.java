package io.showreel.local;

import io.showreel.local.supervision.Part;
import io.showreel.local.supervision.StartFailure;
import io.showreel.local.supervision.SupervisionLog;
import io.showreel.local.supervision.Supervisor.RunningPart;
import io.showreel.local.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells the terminal how the parts are doing, and keeps the same in {@code logs/showreel.log}. */
final class StartLog implements SupervisionLog {

    private final Path logs;
    private final Terminal terminal;
    private final long start = System.nanoTime();
    private volatile boolean stopping;

    StartLog(Path home, Terminal terminal) {
        this.logs = home.resolve("logs");
        this.terminal = terminal;
        keepThePreviousLogs();
    }

    void starting(List<Part> parts) {
        say("Starting %s".formatted(parts.stream().map(Part::name).collect(Collectors.joining(", "))));
    }

    void allReady(int parts, List<RunningPart> running) {
        say("All %d parts answer after %s; %d MB resident"
                .formatted(parts, Terminal.seconds(sinceStart()), Residence.megabytes(running)));
    }

    void stopping() {
        if (!stopping) {
            stopping = true;
            say("Stopping");
        }
    }

    @Override
    public void ready(Part part, Duration after, boolean firstTime) {
        say("  %8s  %-12s %s on port %d, after %s"
                .formatted(
                        Terminal.seconds(sinceStart()),
                        part.name(),
                        firstTime ? "answers" : "answers again",
                        part.port(),
                        Terminal.seconds(after)));
    }

    @Override
    public void died(Part part, int exitCode, Path log) {
        if (!stopping) {
            say("  %8s  %-12s died with exit code %d and is started again; log: %s"
                    .formatted(Terminal.seconds(sinceStart()), part.name(), exitCode, log));
        }
    }

    @Override
    public void failed(Part part, RuntimeException cause) {
        if (!stopping && !(cause instanceof StartFailure)) {
            say("  %8s  %-12s can't be started: %s".formatted(Terminal.seconds(sinceStart()), part.name(), cause));
        }
    }

    private Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private synchronized void say(String line) {
        terminal.say("%s", line);
        try {
            var stamped =
                    String.format(Locale.ROOT, "%s %s%n", Instant.now().truncatedTo(ChronoUnit.MILLIS), line.strip());
            Files.writeString(
                    logs.resolve("showreel.log"), stamped, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run's logs begin with it; those of the run before are kept once. */
    private void keepThePreviousLogs() {
        try {
            Files.createDirectories(logs);
            try (var files = Files.list(logs)) {
                for (var log :
                        files.filter(file -> file.toString().endsWith(".log")).toList()) {
                    Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
