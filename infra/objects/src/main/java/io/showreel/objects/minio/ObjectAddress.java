package io.showreel.objects.minio;

import java.net.URI;

/** An {@code s3://bucket/key} address, taken apart. */
record ObjectAddress(String bucket, String key) {

    static ObjectAddress of(URI object) {
        var path = object.getPath();
        if (!"s3".equals(object.getScheme()) || object.getHost() == null || path == null || path.length() < 2) {
            throw new IllegalArgumentException("Not the address of an object: " + object);
        }
        return new ObjectAddress(object.getHost(), path.substring(1));
    }
}
