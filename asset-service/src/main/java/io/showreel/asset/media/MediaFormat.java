package io.showreel.asset.media;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The kinds of files that are taken, and everything that is known about each. */
enum MediaFormat {
    JPEG(AssetType.IMAGE, "image/jpeg", Set.of("image/jpg", "image/pjpeg"), Set.of("jpg", "jpeg", "jpe")),
    PNG(AssetType.IMAGE, "image/png", Set.of("image/x-png"), Set.of("png")),
    WEBP(AssetType.IMAGE, "image/webp", Set.of(), Set.of("webp")),
    MP4(AssetType.VIDEO, "video/mp4", Set.of("video/x-m4v"), Set.of("mp4", "m4v")),
    MOV(AssetType.VIDEO, "video/quicktime", Set.of(), Set.of("mov", "qt")),
    WEBM(AssetType.VIDEO, "video/webm", Set.of(), Set.of("webm")),
    MP3(AssetType.AUDIO, "audio/mpeg", Set.of("audio/mp3", "audio/mpeg3", "audio/x-mpeg"), Set.of("mp3")),
    WAV(AssetType.AUDIO, "audio/wav", Set.of("audio/wave", "audio/x-wav", "audio/vnd.wave"), Set.of("wav", "wave")),
    M4A(AssetType.AUDIO, "audio/mp4", Set.of("audio/m4a", "audio/x-m4a"), Set.of("m4a", "m4b"));

    /** What people read when their file is none of these. */
    static final String TAKEN = "Images may be JPEG, PNG or WebP, videos MP4, MOV or WebM, and audio MP3, WAV or M4A.";

    private final AssetType type;
    private final String contentType;
    private final Set<String> otherNames;
    private final Set<String> extensions;

    MediaFormat(AssetType type, String contentType, Set<String> otherNames, Set<String> extensions) {
        this.type = type;
        this.contentType = contentType;
        this.otherNames = otherNames;
        this.extensions = extensions;
    }

    AssetType type() {
        return type;
    }

    String contentType() {
        return contentType;
    }

    /** Whether a declared content type may stand for this format; one that says nothing may. */
    boolean mayBeDeclaredAs(String declared) {
        var bare = declared.toLowerCase(Locale.ROOT);
        return bare.equals(contentType) || otherNames.contains(bare) || bare.equals("application/octet-stream");
    }

    /** Whether a file of this format may have such a name; an extension that names no format of ours says nothing. */
    boolean mayBeNamed(String fileName) {
        return named(fileName).map(this::equals).orElse(true);
    }

    /** A name for saving the file, with an extension that tells what it is. */
    static String fileName(String name, String contentType) {
        return Arrays.stream(values())
                .filter(format ->
                        format.contentType.equals(contentType) && named(name).isEmpty())
                .findFirst()
                .map(format ->
                        name + "." + format.name().toLowerCase(Locale.ROOT).replace("jpeg", "jpg"))
                .orElse(name);
    }

    private static Optional<MediaFormat> named(String fileName) {
        var extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.extensions.contains(extension))
                .findFirst();
    }
}
