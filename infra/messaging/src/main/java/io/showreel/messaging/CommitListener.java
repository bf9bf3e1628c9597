package io.showreel.messaging;

/**
 * Hears of each message of this process once its transaction has committed. Good for counting, not for acting: a process
 * that dies in between tells nobody. Must not block.
 */
@FunctionalInterface
public interface CommitListener {

    void committed(Message message);
}
