package io.showreel.asset.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.asset.RunningService;
import io.showreel.objects.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

/** Files that are not what they seem. None leaves a row, an object or a temporary file; each answer says what to do. */
class HostileFilesTest extends RunningService {

    private static final byte[] JPEG = Pictures.jpeg(120, 90);
    private static final byte[] PNG = Pictures.noise(60, 40);
    private static final byte[] WEBP = Films.webp(64, 48, false);
    private static final byte[] MP4 = Films.mp4(60_000);
    private static final byte[] ZIP = latin("PK\3\4" + "\0".repeat(60) + "PK\5\6" + "\0".repeat(18));

    private static String client;

    static Stream<Arguments> hostile() {
        return Stream.of(
                refused("nothing at all", "a.jpg", new byte[0], 422, "file"),
                refused("one byte", "a.jpg", latin("\u00ff"), 415, "unknown kind"),
                refused("a JPEG's first three bytes", "a.jpg", Arrays.copyOf(JPEG, 3), 415, "cut off"),
                refused("a JPEG's header alone", "a.jpg", Arrays.copyOf(JPEG, 200), 415, "cut off"),
                refused("half a JPEG", "a.jpg", Arrays.copyOf(JPEG, JPEG.length / 2), 415, "cut off"),
                refused("a JPEG without its last byte", "a.jpg", Arrays.copyOf(JPEG, JPEG.length - 1), 415, "cut off"),
                refused(
                        "a JPEG of random bytes",
                        "a.jpg",
                        latin("\u00ff\u00d8\u00ff" + "x".repeat(500)),
                        415,
                        "cut off"),
                refused("a JPEG without a picture", "a.jpg", latin("\u00ff\u00d8\u00ff\u00d9"), 415, "damaged"),
                refused("a JPEG 20,000 pixels wide", "a.jpg", jpegOf(20_000, 10), 413, "20000 x 10"),
                refused("a JPEG 20,000 pixels high", "a.jpg", jpegOf(10, 20_000), 413, "10 x 20000"),
                refused("a JPEG of four billion pixels", "a.jpg", jpegOf(65_535, 65_535), 413, "scale it down"),
                refused("a JPEG of a few pixels too many", "a.jpg", jpegOf(2_001, 2_000), 413, "scale it down"),
                refused("a JPEG that is drawn a hundred times over", "a.jpg", scans(101), 415, "damaged"),
                refused("a JPEG of no height", "a.jpg", jpegOf(10, 0), 415, "damaged"),
                refused("a PNG's signature alone", "a.png", Arrays.copyOf(PNG, 8), 415, "cut off"),
                refused("half a PNG", "a.png", Arrays.copyOf(PNG, PNG.length / 2), 415, "cut off"),
                refused("a PNG without its end", "a.png", Arrays.copyOf(PNG, PNG.length - 12), 415, "cut off"),
                refused("a PNG with a flipped bit", "a.png", flipped(PNG, PNG.length / 2), 415, "damaged"),
                refused("a PNG without a header", "a.png", png(chunk("IDAT", new byte[20])), 415, "damaged"),
                refused("a PNG without pixels", "a.png", png(header(4, 3)), 415, "damaged"),
                refused("a PNG of two headers", "a.png", png(header(4, 3), header(4, 3)), 415, "damaged"),
                refused(
                        "a PNG whose pixels can't be unpacked",
                        "a.png",
                        png(header(40, 30), chunk("IDAT", latin("x".repeat(200)))),
                        415,
                        "damaged"),
                refused("a PNG of a negative size", "a.png", png(header(-5, 3), pixels(10)), 415, "damaged"),
                refused("a PNG 20,000 pixels wide", "a.png", png(header(20_000, 2), pixels(120_004)), 413, "20000 x 2"),
                refused("a PNG 20,000 pixels high", "a.png", png(header(2, 20_000), pixels(140_000)), 413, "2 x 20000"),
                refused(
                        "a PNG that unpacks to a gigabyte",
                        "a.png",
                        png(header(15_000, 15_000), pixels(50_000_000)),
                        413,
                        "scale it down"),
                refused("half a WebP", "a.webp", Arrays.copyOf(WEBP, WEBP.length / 2), 415, "cut off"),
                refused("a WebP's header alone", "a.webp", Pictures.webp(70, 90), 415, "damaged"),
                refused("a WebP of 268 million pixels", "a.webp", Pictures.webp(16_383, 16_383), 413, "scale it down"),
                refused("a WebP that moves", "a.webp", animated(), 415, "one frame as JPEG"),
                refused("a WebP of nothing", "a.webp", riff("WEBP", new byte[0]), 415, "damaged"),
                refused("a JPEG that is an archive too", "a.jpg", joined(JPEG, ZIP), 415, "hidden"),
                refused("a PNG that is an archive too", "a.png", joined(PNG, ZIP), 415, "hidden"),
                refused("a WebP that is an archive too", "a.webp", joined(WEBP, ZIP), 415, "hidden"),
                refused("a JPEG that is a page too", "a.jpg", joined(JPEG, latin("<HTML><body>")), 415, "hidden"),
                refused("a PNG that is a document too", "a.png", joined(PNG, latin("%PDF-1.7")), 415, "hidden"),
                refused(
                        "a JPEG with an archive far behind",
                        "a.jpg",
                        joined(JPEG, new byte[99_990], ZIP),
                        415,
                        "hidden"),
                refused(
                        "a JPEG whose comment is a script",
                        "a.jpg",
                        jpegWith(0xFE, "<script>x</script>"),
                        415,
                        "hidden"),
                refused(
                        "a JPEG whose comment is a program",
                        "a.jpg",
                        jpegWith(0xFE, "<?php system('x')"),
                        415,
                        "hidden"),
                refused(
                        "a JPEG whose EXIF is a script",
                        "a.jpg",
                        jpegWith(0xE1, "Exif\0\0<ScRiPt src=x>"),
                        415,
                        "hidden"),
                refused(
                        "a PNG whose text is a script",
                        "a.png",
                        png(header(4, 3), chunk("tEXt", latin("a\0<script>")), pixels(39)),
                        415,
                        "hidden"),
                refused("a GIF", "a.gif", Pictures.starting("GIF89a"), 415, "JPEG, PNG or WebP"),
                refused(
                        "a GIF that is a script too",
                        "a.jpg",
                        latin("GIF89a/*" + " ".repeat(80) + "*/=alert(1)"),
                        415,
                        "unknown"),
                refused(
                        "a drawing",
                        "a.svg",
                        latin("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
                        415,
                        "SVG"),
                refused("a drawing with a preamble", "a.jpg", latin("<?xml version='1.0'?><svg></svg>"), 415, "SVG"),
                refused("a page", "a.jpg", latin("\n <!DOCTYPE html><script>alert(1)</script>"), 415, "web page"),
                refused("a HEIC photo", "a.heic", Pictures.boxes("heic", 500), 415, "export it as JPEG"),
                refused("a HEIC photo named JPEG", "a.jpg", Pictures.boxes("mif1", 500), 415, "export it as JPEG"),
                refused("an AVIF photo", "a.avif", Pictures.boxes("avif", 500), 415, "JPEG, PNG or WebP"),
                refused("a document", "a.jpg", Pictures.starting("%PDF-1.7"), 415, "JPEG, PNG or WebP"),
                refused("an archive", "a.jpg", ZIP, 415, "JPEG, PNG or WebP"),
                refused("a program of Linux", "a.jpg", Pictures.starting("\u007fELF"), 415, "unknown kind"),
                refused("a program of Windows", "a.jpg", Pictures.starting("MZ"), 415, "unknown kind"),
                refused("a script", "a.jpg", latin("#!/bin/sh\nrm -rf /"), 415, "unknown kind"),
                refused("a bitmap", "a.bmp", Pictures.starting("BM"), 415, "unknown kind"),
                refused("a TIFF", "a.tif", Pictures.starting("II*\0"), 415, "unknown kind"),
                refused("a text", "a.jpg", latin("not a photo"), 415, "unknown kind"),
                refused(
                        "a play list",
                        "a.mp4",
                        latin("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"),
                        415,
                        "unknown kind"),
                refused(
                        "a list to join",
                        "a.mp4",
                        latin("ffconcat version 1.0\nfile /etc/passwd\n"),
                        415,
                        "unknown kind"),
                refused("an MP4 of random bytes", "a.mp4", Pictures.boxes("isom", 5_000), 415, "video/mp4"),
                refused("half an MP4", "a.mp4", Arrays.copyOf(MP4, MP4.length / 2), 415, "cut off"),
                refused("an MP4 without its description", "a.mp4", withoutDescription(), 415, "cut off"),
                refused("an MP4 that only sounds", "a.mp4", Films.of("s.mp4", "sine=duration=0.5"), 415, "no picture"),
                refused(
                        "a WebM's header alone",
                        "a.webm",
                        Pictures.starting("\u001A\u0045\u00DF\u00A3\u0093B\u0082\u0084webm"),
                        415,
                        "no picture"),
                refused(
                        "half a WebM",
                        "a.webm",
                        half(Films.of("a.webm", "testsrc=duration=1:size=64x48")),
                        415,
                        "cut off"),
                refused(
                        "a WebM without its last byte",
                        "a.webm",
                        withoutItsLastByte(Films.of("b.webm", "testsrc=duration=1:size=64x48")),
                        415,
                        "cut off"),
                refused("half an MP3", "a.mp3", half(Films.of("a.mp3", "sine=duration=2")), 415, "cut off"),
                refused(
                        "an MP3 without its last byte",
                        "a.mp3",
                        withoutItsLastByte(Films.of("b.mp3", "sine=duration=2")),
                        415,
                        "cut off"),
                refused("an MP3's tag alone", "a.mp3", Pictures.starting("ID3\4"), 415, "no sound"),
                refused("half a WAV", "a.wav", half(Films.of("a.wav", "sine=duration=0.5")), 415, "cut off"),
                refused("an M4A of random bytes", "a.m4a", Pictures.boxes("M4A ", 5_000), 415, "audio/mp4"),
                refused("an AVI", "a.avi", riff("AVI ", new byte[100]), 415, "MP4, MOV or WebM"),
                refused("a PNG named JPEG", "a.jpg", Pictures.noise(61, 41), 415, "extension"),
                refused("an MP4 named MP3", "a.mp3", MP4, 415, "extension"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void a_file_that_is_not_what_it_seems_is_refused_with_help(
            String what, String name, byte[] bytes, int status, String help) throws Exception {
        if (client == null) {
            client = newClient();
        }
        post(client, name, bytes)
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(help));
        get("/api/v3/assets?client_id=" + client)
                .expectBody()
                .jsonPath("$.meta.total")
                .isEqualTo(0);
        var sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        try (var kept = context.getBean(ObjectStore.class).list("assets/" + sha256)) {
            assertThat(kept).isEmpty();
        }
        await().untilAsserted(() -> {
            try (var waiting = Files.list(UPLOADS)) {
                assertThat(waiting).isEmpty();
            }
        });
    }

    private static byte[] withoutItsLastByte(byte[] file) {
        return Arrays.copyOf(file, file.length - 1);
    }

    @Test
    void what_cameras_put_behind_a_photo_is_no_harm() {
        var owner = newClient();
        for (var harmless : new byte[][] {
            joined(JPEG, new byte[4_000]), joined(JPEG, MP4), joined(JPEG, JPEG), jpegWith(0xFE, "Taken by <Jo>")
        }) {
            post(owner, "a.jpg", harmless).expectStatus().isCreated();
        }
        // Its text would unpack to fifty megabytes; nobody unpacks it.
        var bomb = joined(latin("Comment\0\0"), deflated(50_000_000));
        post(owner, "a.png", png(header(40, 30), chunk("zTXt", bomb), pixels(30 * 121)))
                .expectStatus()
                .isCreated();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../etc/passwd.png",
                "..\\..\\windows.png",
                "/etc/passwd.png",
                "a\u0000b.png",
                "a\u202egnp.exe.png",
                "\u200f\u200e.png",
                "a\u2028b.png",
                "<script>alert(1)</script>.png",
                "a%0d%0aSet-Cookie: x=y.png",
                "CON.png",
                "...png"
            })
    void a_hostile_name_is_stored_and_served_harmlessly(String name) {
        var owner = newClient();
        checkName(data(post(owner, name, PNG)));
    }

    @Test
    void a_name_of_a_thousand_characters_is_shortened() {
        checkName(data(post(newClient(), "x".repeat(1_000) + ".png", PNG)));
    }

    private void checkName(Map<String, Object> made) {
        assertThat((String) made.get("name"))
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(200)
                .doesNotContain("/", "\\", "\0", "\r", "\n", "\u202e", "\u200f", "\u2028", "<", ">", "..");
        get((String) made.get("url"))
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("Set-Cookie")
                .expectHeader()
                .value("Content-Disposition", value -> assertThat(value)
                        .matches("inline; filename=[\\x20-\\x7e]*")
                        .doesNotContain("/", "\\"));
    }

    private WebTestClient.ResponseSpec post(String owner, String name, byte[] bytes) {
        var parts = new MultipartBodyBuilder();
        parts.part("client_id", owner);
        parts.part("file", new ByteArrayResource(bytes)).filename(name).contentType(MediaType.APPLICATION_OCTET_STREAM);
        return client().post()
                .uri("/api/v3/assets")
                .body(BodyInserters.fromMultipartData(parts.build()))
                .exchange();
    }

    private static Arguments refused(String what, String name, byte[] bytes, int status, String help) {
        return Arguments.of(what, name, bytes, status, help);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (var part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        var flipped = bytes.clone();
        flipped[at] ^= 1;
        return flipped;
    }

    /** A real JPEG whose frame header says that it is of another size. */
    private static byte[] jpegOf(int width, int height) {
        var bytes = JPEG.clone();
        for (int at = 2; ; at += 2 + ((bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF)) {
            if ((bytes[at + 1] & 0xFF) == 0xC0) {
                ByteBuffer.wrap(bytes).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
                return bytes;
            }
        }
    }

    /** A real JPEG whose picture is drawn again and again. */
    private static byte[] scans(int count) {
        int at = 2;
        while ((JPEG[at + 1] & 0xFF) != 0xDA) {
            at += 2 + ((JPEG[at + 2] & 0xFF) << 8 | JPEG[at + 3] & 0xFF);
        }
        var scan = Arrays.copyOfRange(JPEG, at, JPEG.length - 2);
        var again = new byte[count][];
        Arrays.fill(again, scan);
        return joined(Arrays.copyOf(JPEG, at), joined(again), latin("\u00ff\u00d9"));
    }

    private static byte[] jpegWith(int marker, String said) {
        var segment = ByteBuffer.allocate(said.length() + 4);
        segment.put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (said.length() + 2))
                .put(latin(said));
        return joined(Arrays.copyOf(JPEG, 2), segment.array(), Arrays.copyOfRange(JPEG, 2, JPEG.length));
    }

    private static byte[] png(byte[]... chunks) {
        return joined(Arrays.copyOf(PNG, 8), joined(chunks), chunk("IEND", new byte[0]));
    }

    private static byte[] header(int width, int height) {
        var header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        return chunk("IHDR", header.put(new byte[] {8, 2, 0, 0, 0}).array());
    }

    /** That many bytes of black. */
    private static byte[] pixels(int count) {
        return chunk("IDAT", deflated(count));
    }

    private static byte[] deflated(int count) {
        var deflater = new Deflater();
        deflater.setInput(new byte[count]);
        deflater.finish();
        var packed = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        while (!deflater.finished()) {
            packed.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return packed.toByteArray();
    }

    private static byte[] chunk(String type, byte[] content) {
        var checksum = new CRC32();
        checksum.update(latin(type));
        checksum.update(content);
        return ByteBuffer.allocate(content.length + 12)
                .putInt(content.length)
                .put(latin(type))
                .put(content)
                .putInt((int) checksum.getValue())
                .array();
    }

    private static byte[] riff(String form, byte[] content) {
        return ByteBuffer.allocate(content.length + 12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(latin("RIFF"))
                .putInt(content.length + 4)
                .put(latin(form))
                .put(content)
                .array();
    }

    private static byte[] animated() {
        var extended = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
        extended.put(latin("VP8X")).putInt(10).putInt(2).put(new byte[] {63, 0, 0, 47, 0, 0});
        var animation = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
        animation.put(latin("ANIM")).putInt(6);
        return riff("WEBP", joined(extended.array(), animation.array(), new byte[100]));
    }

    /** The boxes of a film but the one that says what is in the others. */
    private static byte[] withoutDescription() {
        var bytes = ByteBuffer.wrap(MP4);
        var left = new ByteArrayOutputStream();
        for (int at = 0; at < MP4.length; at += bytes.getInt(at)) {
            var box = Arrays.copyOfRange(MP4, at, at + bytes.getInt(at));
            if (!new String(box, 4, 4, StandardCharsets.ISO_8859_1).equals("moov")) {
                left.writeBytes(box);
            }
        }
        return left.toByteArray();
    }
}
