package io.showreel.selection.photo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Remembers what was used last, up to a weight. */
public final class Recent<K, V> {

    private final long most;
    private final ToLongFunction<V> weight;
    private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
    private long weighs;

    public Recent(long most, ToLongFunction<V> weight) {
        this.most = most;
        this.weight = weight;
    }

    public synchronized @Nullable V get(K key) {
        return values.get(key);
    }

    public synchronized void remember(K key, V value) {
        var replaced = values.put(key, value);
        weighs += weight.applyAsLong(value) - (replaced == null ? 0 : weight.applyAsLong(replaced));
        var eldest = values.entrySet().iterator();
        while (weighs > most && values.size() > 1 && eldest.hasNext()) {
            weighs -= weight.applyAsLong(eldest.next().getValue());
            eldest.remove();
        }
    }
}
