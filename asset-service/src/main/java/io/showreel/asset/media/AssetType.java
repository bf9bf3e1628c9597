package io.showreel.asset.media;

/** What an asset is to people. */
enum AssetType {
    IMAGE,
    VIDEO,
    AUDIO
}
