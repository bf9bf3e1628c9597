package io.showreel.render.follow;

import io.showreel.contracts.scene.TakeKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** What a file is by its bytes, whatever it is called. */
enum MediaKind {
    MP4("video/mp4"),
    MP3("audio/mpeg"),
    WAV("audio/wav");

    private static final int HEAD = 12;

    private final String contentType;

    MediaKind(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    boolean suits(TakeKind take) {
        return switch (take) {
            case CLIP -> this == MP4;
            case MUSIC, SPEECH -> this == MP3 || this == WAV;
        };
    }

    /** Empty for a file of another kind, and for one that is not whole. */
    static Optional<MediaKind> of(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() < HEAD) {
                return Optional.empty();
            }
            var head = new byte[HEAD];
            file.readFully(head);
            if (text(head, 4).equals("ftyp")) {
                return isWholeMp4(file) ? Optional.of(MP4) : Optional.empty();
            }
            if (text(head, 0).equals("RIFF") && text(head, 8).equals("WAVE")) {
                return Optional.of(WAV);
            }
            var isFrame = (head[0] & 0xff) == 0xff && (head[1] & 0xe0) == 0xe0;
            return isFrame || text(head, 0).startsWith("ID3") ? Optional.of(MP3) : Optional.empty();
        }
    }

    /** Its boxes fill the file exactly, and its index is among them. */
    private static boolean isWholeMp4(RandomAccessFile file) throws IOException {
        var hasIndex = false;
        long offset = 0;
        var name = new byte[4];
        while (offset + 8 <= file.length()) {
            file.seek(offset);
            var size = Integer.toUnsignedLong(file.readInt());
            file.readFully(name);
            if (size == 1 && offset + 16 <= file.length()) {
                size = file.readLong();
            }
            hasIndex |= text(name, 0).equals("moov");
            if (size == 0) {
                return hasIndex;
            }
            if (size < 8) {
                return false;
            }
            offset += size;
        }
        return hasIndex && offset == file.length();
    }

    private static String text(byte[] bytes, int offset) {
        return new String(bytes, offset, 4, StandardCharsets.ISO_8859_1);
    }
}
