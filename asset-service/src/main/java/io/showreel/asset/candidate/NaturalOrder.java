package io.showreel.asset.candidate;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Locale;

/** Orders names as people do: "kitchen 2" before "kitchen 10", and upper case beside lower case. */
final class NaturalOrder implements Comparator<String> {

    @Override
    public int compare(String one, String other) {
        var left = one.toLowerCase(Locale.ROOT);
        var right = other.toLowerCase(Locale.ROOT);
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            int result;
            if (isDigit(left.charAt(i)) && isDigit(right.charAt(j))) {
                int iEnd = endOfDigits(left, i);
                int jEnd = endOfDigits(right, j);
                result = new BigInteger(left.substring(i, iEnd)).compareTo(new BigInteger(right.substring(j, jEnd)));
                i = iEnd;
                j = jEnd;
            } else {
                result = Character.compare(left.charAt(i++), right.charAt(j++));
            }
            if (result != 0) {
                return result;
            }
        }
        var rest = Integer.compare(left.length() - i, right.length() - j);
        return rest == 0 ? one.compareTo(other) : rest;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
