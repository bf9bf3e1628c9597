package io.showreel.render.follow;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How attempts are looked after.
 *
 * @param lease how long an attempt stays with a replica that gives no sign of life
 * @param copiesAtOnce outputs that one replica copies beside all predictions that may run
 * @param pollEvery how often a running prediction is looked at
 * @param sweeps of the provider's list that must miss an attempt before it counts as absent
 * @param sweepEvery how long to wait between them; all sweeps together outlast any submission under way
 * @param proofWindow how long after an attempt its absence proves anything
 * @param grace how long after its deadline a prediction may go on before it is canceled
 * @param believeGoneAfter how long the provider must not know a running prediction before that counts as unverifiable
 * @param giveUpAfter how long after its deadline a prediction without an end counts as unverifiable
 * @param forsakenAfter how long what another account has under way may go without news before it is given up
 * @param deliveryHosts that outputs are fetched from, their sub-domains included
 * @param largestOutput that is copied
 * @param downloadTimeout for one try to copy an output
 * @param downloadStall how long nothing of an output may arrive before that try is given up
 * @param downloadEvery how long to wait between two tries
 * @param believeUnusableAfter how long an output that is no whole file of its kind is fetched again, as the fault may
 *     be that of the delivery
 * @param outputKeptFor how long the provider keeps an output
 */
@ConfigurationProperties("showreel.follow")
record FollowSettings(
        @DefaultValue("15s") Duration lease,
        @DefaultValue("16") int copiesAtOnce,
        @DefaultValue("1s") Duration pollEvery,
        @DefaultValue("3") int sweeps,
        @DefaultValue("1m") Duration sweepEvery,
        @DefaultValue("50m") Duration proofWindow,
        @DefaultValue("1m") Duration grace,
        @DefaultValue("10m") Duration believeGoneAfter,
        @DefaultValue("2h") Duration giveUpAfter,
        @DefaultValue("6h") Duration forsakenAfter,
        @DefaultValue("replicate.delivery") List<String> deliveryHosts,
        @DefaultValue("1GB") DataSize largestOutput,
        @DefaultValue("5m") Duration downloadTimeout,
        @DefaultValue("30s") Duration downloadStall,
        @DefaultValue("5s") Duration downloadEvery,
        @DefaultValue("10m") Duration believeUnusableAfter,
        @DefaultValue("1h") Duration outputKeptFor) {}
