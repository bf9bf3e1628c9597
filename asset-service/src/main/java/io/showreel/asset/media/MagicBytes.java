package io.showreel.asset.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** Tells what a file is from its first bytes, since declared types and names are anybody's guess. */
final class MagicBytes {

    /** How many bytes are needed to tell. */
    static final int NEEDED = 64;

    private static final Set<String> MP4_BRANDS = Set.of(
            "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "avc1", "dash",
            "mmp4", "M4V ", "M4VH", "M4VP", "MSNV", "NDSC", "XAVC", "f4v ", "3gp4", "3gp5", "3gp6");
    private static final Set<String> M4A_BRANDS = Set.of("M4A ", "M4B ", "M4P ");
    private static final Set<String> HEIF_BRANDS =
            Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
    private static final Set<String> QUICKTIME_ATOMS = Set.of("moov", "mdat", "wide", "skip", "pnot");

    private MagicBytes() {}

    static MediaFormat tell(byte[] head) {
        if (starts(head, 0, 0xFF, 0xD8, 0xFF)) {
            return MediaFormat.JPEG;
        }
        if (starts(head, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return MediaFormat.PNG;
        }
        if (text(head, 0).equals("RIFF")) {
            return tellRiff(head);
        }
        if (text(head, 4).equals("ftyp")) {
            return tellBrand(head);
        }
        if (QUICKTIME_ATOMS.contains(text(head, 4))) {
            return MediaFormat.MOV;
        }
        if (starts(head, 0, 0x1A, 0x45, 0xDF, 0xA3)) {
            return tellMatroska(head);
        }
        if (text(head, 0).startsWith("ID3") || isMp3Frame(head)) {
            return MediaFormat.MP3;
        }
        throw UnsupportedMedia.unknown(head);
    }

    private static MediaFormat tellRiff(byte[] head) {
        return switch (text(head, 8)) {
            case "WEBP" -> MediaFormat.WEBP;
            case "WAVE" -> MediaFormat.WAV;
            default -> throw UnsupportedMedia.unknown(head);
        };
    }

    private static MediaFormat tellBrand(byte[] head) {
        var brand = text(head, 8);
        if (HEIF_BRANDS.contains(brand)) {
            throw UnsupportedMedia.heic();
        }
        if (brand.equals("qt  ")) {
            return MediaFormat.MOV;
        }
        if (M4A_BRANDS.contains(brand)) {
            return MediaFormat.M4A;
        }
        if (MP4_BRANDS.contains(brand)) {
            return MediaFormat.MP4;
        }
        throw UnsupportedMedia.unknown(head);
    }

    /** WebM is the Matroska whose header says so. */
    private static MediaFormat tellMatroska(byte[] head) {
        if (new String(head, StandardCharsets.ISO_8859_1).contains("webm")) {
            return MediaFormat.WEBM;
        }
        throw UnsupportedMedia.unknown(head);
    }

    /** Eleven set bits, layer III, and neither a reserved version, bit rate nor sample rate. */
    private static boolean isMp3Frame(byte[] head) {
        return head.length >= 3
                && (head[0] & 0xFF) == 0xFF
                && (head[1] & 0xE0) == 0xE0
                && (head[1] & 0x18) != 0x08
                && (head[1] & 0x06) == 0x02
                && (head[2] & 0xF0) != 0xF0
                && (head[2] & 0x0C) != 0x0C;
    }

    private static String text(byte[] head, int from) {
        return head.length < from + 4
                ? ""
                : new String(Arrays.copyOfRange(head, from, from + 4), StandardCharsets.ISO_8859_1);
    }

    private static boolean starts(byte[] head, int from, int... expected) {
        if (head.length < from + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((head[from + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
