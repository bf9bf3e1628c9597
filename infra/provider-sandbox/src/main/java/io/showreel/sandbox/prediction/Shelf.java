package io.showreel.sandbox.prediction;

import io.showreel.sandbox.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The outputs that the delivery origin serves, under paths that nobody can guess. */
public final class Shelf {
    private final Path directory;

    public Shelf(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a file on the shelf; the path is that of the delivery origin. */
    String put(Path made) {
        var fileName = made.getFileName().toString();
        var token = Ids.random(44);
        var placed = directory.resolve(token + ending(fileName));
        try {
            try {
                Files.createLink(placed, made);
            } catch (UnsupportedOperationException | IOException e) {
                Files.copy(made, placed, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/xezq/" + token + "/tmp" + ending(fileName);
    }

    /** Takes away what no prediction knows of: a crash came between the placing and its record. */
    void keepOnly(Set<String> outputs) {
        var known = outputs.stream().map(this::placed).collect(Collectors.toSet());
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                if (!known.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<Path> find(String token, String name) {
        var placed = directory.resolve(token + ending(name)).normalize();
        return placed.startsWith(directory) && Files.isRegularFile(placed) ? Optional.of(placed) : Optional.empty();
    }

    /** The output itself, as an address. */
    public String dataUri(String output) {
        try {
            var type = MediaTypes.of(output);
            return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(placed(output)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(String output) {
        try {
            Files.deleteIfExists(placed(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void clear() {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path placed(String output) {
        var parts = output.split("/", -1);
        return directory.resolve(parts[2] + ending(parts[3]));
    }

    private static String ending(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot < 0 ? "" : fileName.substring(dot);
    }
}
