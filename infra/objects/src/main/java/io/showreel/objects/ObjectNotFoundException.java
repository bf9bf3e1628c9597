package io.showreel.objects;

import java.net.URI;

/** There is no such object; trying again won't help. */
public class ObjectNotFoundException extends ObjectStoreException {

    private final URI object;

    public ObjectNotFoundException(URI object, Throwable cause) {
        super("There is no object " + object, cause);
        this.object = object;
    }

    public URI object() {
        return object;
    }
}
