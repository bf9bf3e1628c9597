package io.showreel.sandbox.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Stands in for speech: one voiced syllable for each vowel group of the text, silence at its stops. */
final class Murmur implements Sound {
    private static final double SYLLABLE = 0.19;
    private static final double WORD_GAP = 0.05;
    private static final double STOP = 0.35;
    private static final double LEAD = 0.15;
    private static final String VOWELS = "aeiouy";
    private static final double[][] FORMANTS = {
        {730, 1090}, {530, 1840}, {270, 2290}, {570, 840}, {300, 870}, {390, 1990}
    };
    private static final int HARMONICS = 18;

    private final List<Syllable> syllables = new ArrayList<>();
    private final double end;
    private final double pitch;

    private record Syllable(double start, double length, int vowel, double tone) {}

    Murmur(String text, double speed, long seed) {
        pitch = 115 + Math.floorMod(seed, 90);
        double at = LEAD;
        for (var word : text.toLowerCase(Locale.ROOT).split("\\s+")) {
            boolean inVowel = false;
            for (int i = 0; i < word.length(); i++) {
                int vowel = VOWELS.indexOf(word.charAt(i));
                if (vowel >= 0 && !inVowel) {
                    double tone = 1 + 0.08 * Math.sin(syllables.size() * 1.7 + seed % 7);
                    syllables.add(new Syllable(at, SYLLABLE / speed, vowel, tone));
                    at += SYLLABLE / speed;
                }
                inVowel = vowel >= 0;
            }
            at += (word.matches(".*[.,;:!?]$") ? STOP : WORD_GAP) / speed;
        }
        end = Math.max(1, at + LEAD);
    }

    @Override
    public double seconds() {
        return end;
    }

    @Override
    public double at(double second, boolean leftEar) {
        int index = indexAt(second);
        if (index < 0) {
            return 0;
        }
        var syllable = syllables.get(index);
        double age = (second - syllable.start()) / syllable.length();
        if (age >= 1) {
            return 0;
        }
        double gain = Math.sin(Math.PI * age);
        double fundamental = pitch * syllable.tone();
        var formants = FORMANTS[syllable.vowel()];
        double sum = 0;
        for (int harmonic = 1; harmonic <= HARMONICS; harmonic++) {
            double frequency = fundamental * harmonic;
            sum += (near(frequency, formants[0], 160) + 0.5 * near(frequency, formants[1], 220) + 0.03)
                    * Math.sin(2 * Math.PI * frequency * second);
        }
        return Math.clamp(0.35 * gain * sum, -1, 1);
    }

    private int indexAt(double second) {
        int low = 0;
        int high = syllables.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (syllables.get(middle).start() <= second) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private static double near(double frequency, double formant, double width) {
        double distance = (frequency - formant) / width;
        return Math.exp(-distance * distance);
    }
}
