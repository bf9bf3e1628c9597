package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.observability.tracing.Spans;
import io.showreel.stitch.cutting.Editor.StoppedException;
import io.showreel.stitch.cutting.Editor.Urgency;
import io.showreel.stitch.cutting.NoSpaceException;
import io.showreel.stitch.cutting.WorkFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.springframework.util.unit.DataSize;

/**
 * Runs FFmpeg, one process a call, inside a folder. What it says goes to files of that folder, so that no pipe can fill
 * up and stop it. A process ends with its call: when the watch throws, the thread is interrupted, the time is over or
 * the service stops.
 */
final class Ffmpeg implements AutoCloseable {

    /** Aborted, killed, crashed or terminated from outside; newer versions use other high numbers for bad input. */
    private static final Set<Integer> KILLED = Set.of(134, 137, 139, 143, 255);

    private static final int COMPLAINT = 16_000;

    /** Characters of a process' arguments that its span tells. */
    private static final int TOLD = 500;

    /** Beside those that a film waits for: it must not wait for these. */
    private static final int IDLE_PROCESSES = 1;

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final String program;
    private final Duration timeout;
    private final int processes;
    private final Semaphore wanted;
    private final Semaphore idle = new Semaphore(IDLE_PROCESSES, true);
    private final DataSize memory;
    private final Spans spans;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean closed;

    /**
     * @param timeout of one process, from its start
     * @param processes that run at once and are wanted; further ones wait for their turn
     * @param memory that one process may address
     */
    Ffmpeg(String program, Duration timeout, int processes, DataSize memory, Spans spans) {
        this.program = program;
        this.timeout = timeout;
        this.processes = processes;
        this.wanted = new Semaphore(processes, true);
        this.memory = memory;
        this.spans = spans;
    }

    /** @param complaints what it wrote to its error stream, cut short */
    record Result(int exit, String complaints) {

        boolean failed() {
            return exit != 0;
        }

        /** Whether the machine is to blame rather than the material. */
        boolean isTransient() {
            return KILLED.contains(exit) || complaints.contains("Cannot allocate memory");
        }
    }

    /** Ended from outside, out of time or out of space: another try may succeed. */
    static final class FfmpegFailedException extends IOException {
        FfmpegFailedException(String message) {
            super(message);
        }
    }

    /**
     * What the program calls itself.
     *
     * @throws IllegalStateException if it cannot be run
     */
    String version() {
        try {
            var process = new ProcessBuilder(program, "-version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            try (var lines = process.inputReader().lines()) {
                return lines.findFirst().orElse(program);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "There is no FFmpeg at \"%s\": say where in stitch.ffmpeg.".formatted(program), e);
        }
    }

    /**
     * @param frames is told every now and then how many frames are done
     * @param arguments beside the ones that every call needs
     * @throws FfmpegFailedException if the end says nothing about the material
     * @throws StoppedException if nobody waits for it and a film needs the machine
     */
    Result run(Path folder, Urgency urgency, IntConsumer frames, List<String> arguments)
            throws IOException, InterruptedException {
        var turn = urgency == Urgency.IDLE ? idle : wanted;
        giveWay(urgency);
        while (!turn.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            frames.accept(0);
            giveWay(urgency);
        }
        try (var span = spans.open("ffmpeg", Spans.Kind.INTERNAL)) {
            span.tag("process.command_args", shortened(String.join(" ", arguments)));
            var result = runNow(folder, urgency, frames, arguments);
            span.tag("process.exit.code", Integer.toString(result.exit()));
            return result;
        } finally {
            turn.release();
        }
    }

    /** Cores share what is in them: beside a process of the lowest priority another one takes half as long again. */
    private void giveWay(Urgency urgency) {
        if (urgency == Urgency.IDLE && wanted.availablePermits() < processes) {
            throw new StoppedException("a film needs the machine");
        }
    }

    private static int niceness(Urgency urgency) {
        return switch (urgency) {
            case WANTED -> 0;
            case SOON -> 10;
            case IDLE -> 19;
        };
    }

    private static String shortened(String arguments) {
        return arguments.length() <= TOLD ? arguments : arguments.substring(0, TOLD);
    }

    private Result runNow(Path folder, Urgency urgency, IntConsumer frames, List<String> arguments)
            throws IOException, InterruptedException {
        var call = calls.incrementAndGet();
        var complaints = folder.resolve("complaints-" + call + ".txt");
        var progress = folder.resolve("progress-" + call + ".txt");
        // The shell limits itself, where the system lets it, and becomes FFmpeg: there is no process in between.
        var command = new ArrayList<>(List.of(
                "/bin/sh", "-c", "ulimit -v \"$0\" 2>/dev/null; exec \"$@\"", Long.toString(memory.toKilobytes())));
        command.addAll(List.of("nice", "-n", Integer.toString(niceness(urgency))));
        command.addAll(
                List.of(program, "-hide_banner", "-nostdin", "-nostats", "-xerror", "-y", "-progress", "pipe:1"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(progress.toFile())
                .redirectError(complaints.toFile());
        builder.environment().put(WorkFolders.MARK, folder.toString());
        var process = builder.start();
        running.add(process);
        try {
            process.getOutputStream().close();
            await(process, () -> {
                frames.accept(framesIn(progress));
                giveWay(urgency);
            });
            if (closed) {
                throw new InterruptedException("The service stops");
            }
            var result = new Result(process.exitValue(), beginningOf(complaints));
            if (result.failed() && result.complaints().contains("No space left on device")) {
                throw new NoSpaceException("it ran full while FFmpeg wrote to it");
            }
            if (result.failed() && result.isTransient()) {
                throw new FfmpegFailedException("FFmpeg ended with " + result.exit() + ": " + result.complaints());
            }
            return result;
        } finally {
            end(process);
            running.remove(process);
            Files.deleteIfExists(progress);
            Files.deleteIfExists(complaints);
        }
    }

    private void await(Process process, Runnable look) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            look.run();
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw new FfmpegFailedException("FFmpeg was not done within " + timeout);
            }
        }
    }

    private static void end(Process process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static int framesIn(Path progress) {
        try (var lines = Files.lines(progress, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("frame="))
                    .reduce((earlier, later) -> later)
                    .map(line ->
                            Integer.parseInt(line.substring("frame=".length()).strip()))
                    .orElse(0);
        } catch (IOException | UncheckedIOException | NumberFormatException halfWritten) {
            return 0;
        }
    }

    private static String beginningOf(Path complaints) throws IOException {
        try (var in = Files.newInputStream(complaints)) {
            return new String(in.readNBytes(COMPLAINT), StandardCharsets.UTF_8).strip();
        }
    }

    /** Ends what still runs. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Ffmpeg::end);
    }
}
