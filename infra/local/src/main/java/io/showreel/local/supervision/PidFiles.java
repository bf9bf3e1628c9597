package io.showreel.local.supervision;

import io.showreel.embedded.process.Leftovers;
import io.showreel.embedded.process.Program.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * The file {@code run/<name>.pid} of each process. After a {@code kill -9} of everything they name what may still run;
 * a number alone proves nothing, so a process counts as ours only if its command line names our folder.
 */
public final class PidFiles {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path folder;
    private final Path home;

    public PidFiles(Path home) {
        this.home = home;
        this.folder = home.resolve("run");
    }

    void write(String name, long pid) {
        try {
            Files.createDirectories(folder);
            var draft = Files.writeString(folder.resolve(name + ".pid.new"), pid + "\n");
            Files.move(draft, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what an earlier run left, and names it. */
    public List<String> endLeftovers() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".pid"))
                    .filter(this::endLeftover)
                    .map(file -> file.getFileName().toString().replaceFirst("\\.pid$", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean endLeftover(Path file) {
        try {
            var pid = Long.parseLong(Files.readString(file).strip());
            var ended = Leftovers.end(pid, this::isOurs, StopSignal.INT, PATIENCE);
            Files.delete(file);
            return ended;
        } catch (NumberFormatException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOurs(List<String> commandLine) {
        return commandLine.stream().anyMatch(argument -> argument.contains(home.toString()));
    }

    private Path file(String name) {
        return folder.resolve(name + ".pid");
    }
}
