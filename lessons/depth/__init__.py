"""The lesson on depth: Highway and ResNet."""
