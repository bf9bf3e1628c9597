package io.showreel.sandbox.media;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes sounds as 16 bit stereo WAV files. */
final class Wave {
    private static final int HEADER = 44;
    private static final int FRAME = 4;

    private Wave() {}

    static void write(Sound sound, int sampleRate, Path file) throws IOException, InterruptedException {
        int samples = (int) Math.round(sound.seconds() * sampleRate);
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024)) {
            out.write(header(samples, sampleRate));
            var sample = new byte[FRAME];
            for (int i = 0; i < samples; i++) {
                if (i % sampleRate == 0 && Thread.interrupted()) {
                    throw new InterruptedException();
                }
                double second = (double) i / sampleRate;
                put(sample, 0, sound.at(second, true));
                put(sample, 2, sound.at(second, false));
                out.write(sample);
            }
        }
    }

    private static void put(byte[] sample, int offset, double value) {
        int level = (int) (value * Short.MAX_VALUE);
        sample[offset] = (byte) level;
        sample[offset + 1] = (byte) (level >> 8);
    }

    private static byte[] header(int samples, int sampleRate) {
        int size = samples * FRAME;
        return ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(HEADER - 8 + size)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 2)
                .putInt(sampleRate)
                .putInt(sampleRate * FRAME)
                .putShort((short) FRAME)
                .putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(size)
                .array();
    }
}
