package io.showreel.sandbox.file;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.showreel.sandbox.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** All uploads that have neither expired nor been deleted. */
public final class Uploads {
    /** What happened to uploads; the journal holds these. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "fact")
    public sealed interface Fact {
        record Kept(Upload upload) implements Fact {}

        record Deleted(String id) implements Fact {}
    }

    private final Path directory;
    private final Journal<Fact> journal;
    private final Map<String, Upload> byId = new ConcurrentHashMap<>();

    public Uploads(Path directory, Journal<Fact> journal) {
        this.directory = directory;
        this.journal = journal;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        journal.replay(fact -> {
            switch (fact) {
                case Fact.Kept kept -> byId.put(kept.upload().id(), kept.upload());
                case Fact.Deleted deleted -> byId.remove(deleted.id());
            }
        });
        deleteExpired();
        deleteUnknown();
        journal.rewrite(byId.values().stream().map(Fact.Kept::new));
    }

    /** A new file to receive a content that has no name yet. */
    public Path receiving(String id) {
        return directory.resolve(id + ".part");
    }

    /** From here on the upload exists, and survives. */
    public void keep(Upload upload, Path received) throws IOException {
        Files.move(received, path(upload), StandardCopyOption.ATOMIC_MOVE);
        journal.append(new Fact.Kept(upload));
        journal.settle();
        byId.put(upload.id(), upload);
    }

    public Optional<Upload> find(String id) {
        return Optional.ofNullable(byId.get(id)).filter(upload -> Instant.now().isBefore(upload.expiresAt()));
    }

    public Path path(Upload upload) {
        return directory.resolve(upload.id());
    }

    public Stream<Upload> newestFirst() {
        return byId.values().stream()
                .filter(upload -> Instant.now().isBefore(upload.expiresAt()))
                .sorted(Comparator.comparing(Upload::createdAt).reversed());
    }

    public void delete(Upload upload) {
        journal.append(new Fact.Deleted(upload.id()));
        journal.settle();
        byId.remove(upload.id());
        removeContent(upload);
    }

    public void deleteExpired() {
        var now = Instant.now();
        byId.values().stream()
                .filter(upload -> !now.isBefore(upload.expiresAt()))
                .toList()
                .forEach(this::delete);
    }

    public void clear() {
        byId.values().forEach(this::removeContent);
        byId.clear();
        journal.clear();
    }

    /** Contents whose upload was cut off by a crash. */
    private void deleteUnknown() {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                if (!byId.containsKey(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeContent(Upload upload) {
        try {
            Files.deleteIfExists(path(upload));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
