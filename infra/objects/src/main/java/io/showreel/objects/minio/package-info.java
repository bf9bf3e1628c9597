/** The object store over the MinIO client; only standard S3, neither tags nor versions. */
@NullMarked
package io.showreel.objects.minio;

import org.jspecify.annotations.NullMarked;
