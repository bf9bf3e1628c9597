package io.showreel.stitch.filmstore;

import io.showreel.objects.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/** Names films, and what belongs to them, by their content, before they are kept. */
@Component
public class FilmStore {

    /** Where what was made of clips is kept: it outlives the films that it was made for. */
    static final List<String> REELS = List.of("reels", "thumbnails", "strips");

    private final ObjectStore objects;

    FilmStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** @param name its key in the object store, which contains the sha256 */
    public record Named(Path file, String name, String sha256, long size, String contentType) {}

    public Named film(Path file) throws IOException {
        return named(file, "films", ".mp4", "video/mp4");
    }

    public Named poster(Path file) throws IOException {
        return named(file, "posters", ".jpg", "image/jpeg");
    }

    public Named reel(Path file) throws IOException {
        return named(file, "reels", ".mp4", "video/mp4");
    }

    public Named thumbnail(Path file) throws IOException {
        return named(file, "thumbnails", ".jpg", "image/jpeg");
    }

    public Named strip(Path file) throws IOException {
        return named(file, "strips", ".png", "image/png");
    }

    public Named webp(Path file) throws IOException {
        return named(file, "posters", ".webp", "image/webp");
    }

    public Named sprite(Path file) throws IOException {
        return named(file, "sprites", ".jpg", "image/jpeg");
    }

    public Named track(Path file) throws IOException {
        return named(file, "sprites", ".vtt", "text/vtt");
    }

    /** Keeps the file under its name, which has to be claimed. */
    public URI keep(Named named) {
        var prefix = named.name().substring(0, named.name().indexOf('/'));
        var object = objects.keep(prefix, named.file(), named.contentType(), named.sha256());
        if (!object.getPath().equals("/" + named.name())) {
            throw new IllegalStateException("Kept as " + object + " what was claimed as " + named.name());
        }
        return object;
    }

    private static Named named(Path file, String prefix, String extension, String contentType) throws IOException {
        var sha256 = sha256(file);
        return new Named(file, prefix + "/" + sha256 + extension, sha256, Files.size(file), contentType);
    }

    private static String sha256(Path file) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
