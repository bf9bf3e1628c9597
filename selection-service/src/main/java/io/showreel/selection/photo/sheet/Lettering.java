package io.showreel.selection.photo.sheet;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Map;

/**
 * Draws labels with letters of its own, five points wide and seven high: a machine without any fonts makes the same
 * sheets.
 */
final class Lettering {

    private static final int POINT = 3;
    private static final int MARGIN = 2;
    private static final int WIDTH = 5;
    static final int HEIGHT = (7 + 2 * MARGIN) * POINT;

    private static final Map<Character, String> LETTERS = Map.ofEntries(
            Map.entry('0', ".###.#...##..###.#.###..##...#.###."),
            Map.entry('1', "..#...##....#....#....#....#...###."),
            Map.entry('2', ".###.#...#....#...#...#...#...#####"),
            Map.entry('3', "#####...#...#.....#.....##...#.###."),
            Map.entry('4', "...#...##..#.#.#..#.#####...#....#."),
            Map.entry('5', "######....####.....#....##...#.###."),
            Map.entry('6', "..##..#...#....####.#...##...#.###."),
            Map.entry('7', "#####....#...#...#...#....#....#..."),
            Map.entry('8', ".###.#...##...#.###.#...##...#.###."),
            Map.entry('9', ".###.#...##...#.####....#...#..##.."),
            Map.entry('g', "......#####...##...#.####....#.###."),
            Map.entry('p', ".....####.#...##...#####.#....#...."));

    private Lettering() {}

    static void draw(Graphics2D graphics, String label, int left, int top) {
        graphics.setColor(Color.BLACK);
        graphics.fillRect(left, top, width(label), HEIGHT);
        graphics.setColor(Color.WHITE);
        for (var i = 0; i < label.length(); i++) {
            var letter = LETTERS.getOrDefault(label.charAt(i), "");
            var x = left + (MARGIN + i * (WIDTH + 1)) * POINT;
            for (var point = 0; point < letter.length(); point++) {
                if (letter.charAt(point) == '#') {
                    graphics.fillRect(x + point % WIDTH * POINT, top + (MARGIN + point / WIDTH) * POINT, POINT, POINT);
                }
            }
        }
    }

    static int width(String label) {
        return (label.length() * (WIDTH + 1) - 1 + 2 * MARGIN) * POINT;
    }
}
