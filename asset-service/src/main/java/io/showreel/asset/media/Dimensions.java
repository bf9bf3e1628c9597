package io.showreel.asset.media;

/** Width and height as people see the picture, after its orientation was applied. */
record Dimensions(int width, int height) {

    /** EXIF orientations from 5 on lie on their side. */
    Dimensions seenThrough(int exifOrientation) {
        return exifOrientation >= 5 && exifOrientation <= 8 ? new Dimensions(height, width) : this;
    }
}
