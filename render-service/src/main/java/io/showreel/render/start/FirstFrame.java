package io.showreel.render.start;

import io.showreel.render.frame.Frames;
import io.showreel.render.frame.UnreadablePhotoException;
import io.showreel.render.scratch.Scratch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Makes a frame of nothing once the service is ready: Java loads what it draws and compresses with at the first use, and
 * the first take after a start would wait a second for that.
 */
@Component
class FirstFrame {

    private static final Logger log = LoggerFactory.getLogger(FirstFrame.class);

    private final Frames frames;
    private final Scratch scratch;

    FirstFrame(Frames frames, Scratch scratch) {
        this.frames = frames;
        this.scratch = scratch;
    }

    @EventListener(ApplicationReadyEvent.class)
    void makeSoon() {
        Thread.ofVirtual().name("first frame").start(this::make);
    }

    private void make() {
        try {
            var folder = scratch.newFolder();
            try {
                var photo = folder.resolve("photo.jpg");
                ImageIO.write(new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB), "jpeg", photo.toFile());
                frames.make(photo, "16:9", folder.resolve("frame.jpg"));
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        } catch (IOException | UnreadablePhotoException e) {
            log.warn("No first frame could be made", e);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
