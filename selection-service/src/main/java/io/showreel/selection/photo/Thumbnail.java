package io.showreel.selection.photo;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A small JPEG of a photo. */
public final class Thumbnail {

    /** Its longer side. */
    public static final int SIDE = 336;

    private final byte[] jpeg;

    public Thumbnail(byte[] jpeg) {
        this.jpeg = jpeg.clone();
    }

    public InputStream open() {
        return new ByteArrayInputStream(jpeg);
    }

    public int size() {
        return jpeg.length;
    }
}
