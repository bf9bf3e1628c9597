package io.showreel.asset.media;

/** Width and height of a picture. */
record Dimensions(int width, int height) {

    /** As a file states them. */
    static Dimensions stored(int width, int height) throws Picture.MalformedException {
        Picture.require(width > 0 && height > 0);
        return new Dimensions(width, height);
    }

    /** As people see the picture: EXIF orientations from 5 on lie on their side. */
    Dimensions seenThrough(int exifOrientation) {
        return exifOrientation >= 5 && exifOrientation <= 8 ? new Dimensions(height, width) : this;
    }

    /** The largest of the same shape that fits; never larger than this one. */
    Dimensions within(int widest, int highest) {
        var scale = Math.min(1, Math.min((double) widest / width, (double) highest / height));
        return new Dimensions(
                (int) Math.max(1, Math.round(width * scale)), (int) Math.max(1, Math.round(height * scale)));
    }

    long pixels() {
        return (long) width * height;
    }
}
