package io.showreel.local.platform;

import io.showreel.embedded.process.ChildProcess;
import io.showreel.embedded.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the missing ahead-of-time caches in the background, one after the other and behind everything else. */
public final class AotTraining implements AutoCloseable {

    private final List<Lesson> lessons;
    private final Path logs;
    private volatile boolean closed;
    private @Nullable ChildProcess current;

    /**
     * A start to learn from.
     *
     * @param program ends by itself as soon as its context stands, and writes what it learnt into {@code draft}
     * @param cache what the draft becomes
     */
    record Lesson(Program program, Path draft, Path cache) {}

    AotTraining(List<Lesson> lessons, Path logs) {
        this.lessons = List.copyOf(lessons);
        this.logs = logs;
    }

    public void start(Runnable afterwards) {
        if (!lessons.isEmpty()) {
            Thread.ofVirtual().name("aot-training").start(() -> {
                lessons.forEach(this::take);
                if (!closed) {
                    afterwards.run();
                }
            });
        }
    }

    private void take(Lesson lesson) {
        ChildProcess process;
        synchronized (this) {
            if (closed) {
                return;
            }
            process = ChildProcess.start(
                    lesson.program(), logs.resolve(lesson.program().name() + ".log"));
            current = process;
        }
        process.exit().join();
        process.kill();
        try {
            // No draft: the next start is as slow as this one was, and that is all.
            if (Files.exists(lesson.draft())) {
                Files.move(lesson.draft(), lesson.cache(), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) {
            current.kill();
        }
    }
}
