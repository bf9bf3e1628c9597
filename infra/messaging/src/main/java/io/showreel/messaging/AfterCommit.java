package io.showreel.messaging;

import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

/** What is done once the transaction that is under way is committed, and not if it is rolled back. */
public final class AfterCommit {

    private AfterCommit() {}

    /**
     * @param action must not fail: the transaction could not be taken back any more
     * @return an error if there is no transaction
     */
    public static Mono<Void> run(Runnable action) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(transaction -> transaction.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public Mono<Void> afterCommit() {
                        return Mono.fromRunnable(action);
                    }
                }))
                .then();
    }
}
