package io.showreel.selection.photo;

import java.awt.image.BufferedImage;

/** How bright a picture is, point by point, from 0 to 255. */
record Luma(int width, int height, float[] points) {

    static Luma of(BufferedImage image) {
        var width = image.getWidth();
        var height = image.getHeight();
        var points = new float[width * height];
        var row = new int[width];
        for (var y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (var x = 0; x < width; x++) {
                points[y * width + x] =
                        0.299f * (row[x] >> 16 & 0xff) + 0.587f * (row[x] >> 8 & 0xff) + 0.114f * (row[x] & 0xff);
            }
        }
        return new Luma(width, height, points);
    }

    /** Each new point is the mean of those that it stands for. */
    Luma shrunk(int toWidth, int toHeight) {
        var shrunk = new float[toWidth * toHeight];
        for (var y = 0; y < toHeight; y++) {
            for (var x = 0; x < toWidth; x++) {
                shrunk[y * toWidth + x] = mean(
                        x * width / toWidth,
                        y * height / toHeight,
                        (x + 1) * width / toWidth,
                        (y + 1) * height / toHeight);
            }
        }
        return new Luma(toWidth, toHeight, shrunk);
    }

    float at(int x, int y) {
        return points[y * width + x];
    }

    double mean() {
        var sum = 0.0;
        for (var point : points) {
            sum += point;
        }
        return sum / points.length;
    }

    double shareAbove(float bound) {
        var above = 0;
        for (var point : points) {
            above += point > bound ? 1 : 0;
        }
        return (double) above / points.length;
    }

    /** Variance of the Laplacian: edges make it large, blur makes it vanish. */
    double sharpness() {
        if (width < 3 || height < 3) {
            return 0;
        }
        var sum = 0.0;
        var squares = 0.0;
        for (var y = 1; y < height - 1; y++) {
            for (var x = 1; x < width - 1; x++) {
                double edge = at(x, y - 1) + at(x, y + 1) + at(x - 1, y) + at(x + 1, y) - 4 * at(x, y);
                sum += edge;
                squares += edge * edge;
            }
        }
        var count = (width - 2.0) * (height - 2.0);
        return squares / count - (sum / count) * (sum / count);
    }

    private float mean(int left, int top, int right, int bottom) {
        var sum = 0f;
        var endX = Math.max(right, left + 1);
        var endY = Math.max(bottom, top + 1);
        for (var y = top; y < endY; y++) {
            for (var x = left; x < endX; x++) {
                sum += at(x, y);
            }
        }
        return sum / ((endX - left) * (endY - top));
    }
}
