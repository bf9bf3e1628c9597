package io.showreel.selection.photo;

import java.util.Arrays;

/**
 * Two fingerprints of a picture that survive scaling, compression and a change of light. The one sees where it gets
 * brighter, the other its coarse pattern; each is fooled by other pictures, so they are used together.
 *
 * @param gradient whether each of 8 x 8 fields is darker than its right neighbour
 * @param pattern the lowest 8 x 8 frequencies, each against their median
 */
public record Hashes(long gradient, long pattern) {

    private static final int SIDE = 8;
    private static final int SAMPLES = 32;
    private static final double[][] COSINES = cosines();

    static Hashes of(Luma luma) {
        return new Hashes(gradient(luma.shrunk(SIDE + 1, SIDE)), pattern(luma.shrunk(SAMPLES, SAMPLES)));
    }

    /** How many of the 128 bits differ: 0 for the same picture, about 60 for two that have nothing in common. */
    public int distance(Hashes other) {
        return Long.bitCount(gradient ^ other.gradient) + Long.bitCount(pattern ^ other.pattern);
    }

    private static long gradient(Luma fields) {
        var bits = 0L;
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                bits = bits << 1 | (fields.at(x, y) < fields.at(x + 1, y) ? 1 : 0);
            }
        }
        return bits;
    }

    private static long pattern(Luma samples) {
        var rows = new double[SAMPLES][SIDE];
        for (var y = 0; y < SAMPLES; y++) {
            for (var u = 0; u < SIDE; u++) {
                for (var x = 0; x < SAMPLES; x++) {
                    rows[y][u] += samples.at(x, y) * COSINES[u][x];
                }
            }
        }
        var frequencies = new double[SIDE * SIDE];
        for (var v = 0; v < SIDE; v++) {
            for (var u = 0; u < SIDE; u++) {
                for (var y = 0; y < SAMPLES; y++) {
                    frequencies[v * SIDE + u] += rows[y][u] * COSINES[v][y];
                }
            }
        }
        return bitsAboveMedian(frequencies);
    }

    /** The first frequency is only the mean brightness, and so says nothing about the median. */
    private static long bitsAboveMedian(double[] frequencies) {
        var sorted = Arrays.copyOfRange(frequencies, 1, frequencies.length);
        Arrays.sort(sorted);
        var median = sorted[sorted.length / 2];
        var bits = 0L;
        for (var frequency : frequencies) {
            bits = bits << 1 | (frequency > median ? 1 : 0);
        }
        return bits;
    }

    private static double[][] cosines() {
        var cosines = new double[SIDE][SAMPLES];
        for (var u = 0; u < SIDE; u++) {
            for (var x = 0; x < SAMPLES; x++) {
                cosines[u][x] = Math.cos((2 * x + 1) * u * Math.PI / (2 * SAMPLES));
            }
        }
        return cosines;
    }
}
