package io.showreel.sandbox.journal;

import io.showreel.sandbox.Json;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * Facts, one JSON line each, in the order they became true. {@link #append} writes, {@link #settle} returns once all
 * that was written is on the disk; callers that wait at the same time share one flush. A line that was cut off by a
 * crash was never answered for, and is dropped at the next start.
 */
public final class Journal<T> implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Journal.class.getName());

    private final Class<T> vocabulary;
    private final Path file;
    // Not a channel: those are closed for good when a thread is interrupted in the middle of a write.
    private RandomAccessFile lines;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock flushing = new ReentrantLock();
    private long written;
    private volatile long flushed;

    private Journal(Class<T> vocabulary, Path file, RandomAccessFile lines) {
        this.vocabulary = vocabulary;
        this.file = file;
        this.lines = lines;
    }

    public static <T> Journal<T> open(Class<T> vocabulary, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new Journal<>(vocabulary, file, new RandomAccessFile(file.toFile(), "rw"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all facts, and leaves the journal ready to append after the last whole one. */
    public void replay(Consumer<T> reader) {
        try {
            long whole = 0;
            try (var in = Files.newBufferedReader(file)) {
                for (var line = in.readLine(); line != null; line = in.readLine()) {
                    long end = whole + line.getBytes(StandardCharsets.UTF_8).length + 1;
                    if (end > lines.length()) {
                        LOG.log(Level.WARNING, "{0} ends in half a line, which is dropped", file);
                        break;
                    }
                    reader.accept(Json.MAPPER.readValue(line, vocabulary));
                    whole = end;
                }
            }
            lines.setLength(whole);
            lines.seek(whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JacksonException e) {
            throw new IllegalStateException(file + " holds a line that can't be read", e);
        }
    }

    /** Puts these facts in the place of all others; a crash leaves either the old or the new ones. */
    public void rewrite(Stream<T> facts) {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        writing.lock();
        try {
            try (var stream = new FileOutputStream(draft.toFile());
                    var out = new BufferedOutputStream(stream)) {
                for (var fact : (Iterable<T>) facts::iterator) {
                    out.write(line(fact));
                }
                out.flush();
                stream.getFD().sync();
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            lines.close();
            lines = new RandomAccessFile(file.toFile(), "rw");
            lines.seek(lines.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writing.unlock();
        }
    }

    public void append(T fact) {
        var line = line(fact);
        writing.lock();
        try {
            lines.write(line);
            written++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writing.unlock();
        }
    }

    public void settle() {
        long wanted = written();
        flushing.lock();
        try {
            if (flushed >= wanted) {
                return;
            }
            long covered = written();
            lines.getFD().sync();
            flushed = covered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            flushing.unlock();
        }
    }

    public void clear() {
        writing.lock();
        try {
            lines.setLength(0);
            lines.seek(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] line(T fact) {
        return (Json.MAPPER.writerFor(vocabulary).writeValueAsString(fact) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private long written() {
        writing.lock();
        try {
            return written;
        } finally {
            writing.unlock();
        }
    }
}
