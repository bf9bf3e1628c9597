package io.showreel.render.scratch;

import io.showreel.objects.folder.OwnFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Temporary folders, which end with the instance that made them, or are removed by the next one if it was killed. */
@Component
public class Scratch implements AutoCloseable {

    private final OwnFolder instance;

    Scratch(ScratchSettings settings) throws IOException {
        this.instance = OwnFolder.in(settings.folder());
    }

    /** An empty folder, which its user removes. */
    public Path newFolder() throws IOException {
        return instance.newFolder("");
    }

    /** The instance's one folder of that name, for what is kept as long as it lives. */
    public Path folder(String name) throws IOException {
        return Files.createDirectories(instance.path().resolve(name));
    }

    @Override
    public void close() throws IOException {
        instance.close();
    }
}
