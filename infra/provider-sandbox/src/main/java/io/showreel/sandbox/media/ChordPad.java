package io.showreel.sandbox.media;

import java.util.SplittableRandom;

/** A slow progression of soft, slightly detuned chords; the seed picks key, progression and pace. */
record ChordPad(double seconds, double root, int[] progression, double chordSeconds) implements Sound {
    private static final int[][] PROGRESSIONS = {{0, 9, 5, 7}, {0, 7, 9, 5}, {9, 5, 0, 7}, {0, 4, 5, 7}};
    /** Minor chords stand on these steps of the major scale. */
    private static final int[] MINOR_ROOTS = {2, 4, 9};

    private static final double DETUNE = 1.0018;
    private static final double OVERLAP = 1.6;
    private static final double FADE = 1.0;

    static ChordPad seeded(long seed, double seconds) {
        var random = new SplittableRandom(seed);
        double root = 110 * Math.pow(2, random.nextInt(12) / 12.0);
        return new ChordPad(
                seconds, root, PROGRESSIONS[random.nextInt(PROGRESSIONS.length)], random.nextDouble(3.2, 4.8));
    }

    @Override
    public double at(double second, boolean leftEar) {
        int current = (int) (second / chordSeconds);
        double sum = chord(current, second, leftEar);
        if (current > 0) {
            sum += chord(current - 1, second, leftEar);
        }
        double fade = Math.min(1, Math.min(second / FADE, (seconds - second) / FADE));
        return Math.clamp(0.13 * fade * sum, -1, 1);
    }

    private double chord(int number, double second, boolean leftEar) {
        double age = second - number * chordSeconds;
        double gain = Math.min(smooth(age / OVERLAP), smooth((chordSeconds + OVERLAP - age) / OVERLAP));
        if (gain <= 0) {
            return 0;
        }
        int step = progression[number % progression.length];
        int third = isMinor(step) ? 3 : 4;
        double sum = 0;
        for (int semitone : new int[] {-12, 0, third, 7, 12 + third}) {
            double frequency = root * Math.pow(2, (step + semitone) / 12.0);
            double phase = 2 * Math.PI * second * (leftEar ? frequency : frequency * DETUNE);
            sum += (Math.sin(phase) + 0.25 * Math.sin(2 * phase)) / (1 + (semitone + 12) * 0.04);
        }
        return gain * sum;
    }

    private static boolean isMinor(int step) {
        for (int minor : MINOR_ROOTS) {
            if (minor == step) {
                return true;
            }
        }
        return false;
    }

    private static double smooth(double progress) {
        double clamped = Math.clamp(progress, 0, 1);
        return clamped * clamped * (3 - 2 * clamped);
    }
}
