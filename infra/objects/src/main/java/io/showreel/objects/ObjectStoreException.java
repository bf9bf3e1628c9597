package io.showreel.objects;

/** The object store could not do what it was asked; trying again later may help. */
public class ObjectStoreException extends RuntimeException {

    public ObjectStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
