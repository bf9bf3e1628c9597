package io.showreel.stitch.cutting.ffmpeg;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Lets only one thread of this process at a time make the same thing; who comes second finds it on the shelf. */
final class Turns {

    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    Turn take(String key) throws InterruptedException {
        while (true) {
            var lock = locks.computeIfAbsent(key, fresh -> new ReentrantLock());
            lock.lockInterruptibly();
            if (lock.equals(locks.get(key))) {
                return new Turn(key, lock);
            }
            lock.unlock();
        }
    }

    final class Turn implements AutoCloseable {
        private final String key;
        private final ReentrantLock lock;

        private Turn(String key, ReentrantLock lock) {
            this.key = key;
            this.lock = lock;
        }

        String key() {
            return key;
        }

        @Override
        public void close() {
            locks.remove(key, lock);
            lock.unlock();
        }
    }
}
