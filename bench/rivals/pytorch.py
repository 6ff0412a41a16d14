"""PyTorch on the CPU, as one rival of the benchmark.

Reads one JSON request a line and answers one JSON line each:
  {"command": "setup", "network": "two-block-cnn", "batchSize": 64, "threads": 2, "seed": 0}
  {"command": "train" | "infer", "steps": 5, "leastMs": 50}  ->  {"ms": [...]}
"""
import json
import os
import sys
import time

import torch
from torch import nn


class TorchvisionBlock(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return self.relu(y + (x if self.downsample is None else self.downsample(x)))


def resnet18() -> nn.Module:
    stages, inputs = [], 64
    for outputs, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        stages += [TorchvisionBlock(inputs, outputs, stride), TorchvisionBlock(outputs, outputs, 1)]
        inputs = outputs
    stem = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
    return nn.Sequential(*stem, *stages, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 1000))


def two_convolutions(width: int, hidden: int, pool_first: bool = False) -> nn.Module:
    def block(inputs, outputs):
        tail = [nn.MaxPool2d(2), nn.ReLU()] if pool_first else [nn.ReLU(), nn.MaxPool2d(2)]
        return [nn.Conv2d(inputs, outputs, 3, padding=1), *tail]

    head = [nn.Flatten(), nn.Linear(2 * width * 49, hidden), nn.ReLU(), nn.Linear(hidden, 10)]
    return nn.Sequential(*block(1, width), *block(width, 2 * width), *head)


NETWORKS = {
    "simple-cnn-64": (lambda: two_convolutions(32, 64, pool_first=True), (1, 28, 28), 10),
    "simple-cnn-128": (lambda: two_convolutions(32, 128), (1, 28, 28), 10),
    "two-block-cnn": (lambda: two_convolutions(32, 128), (1, 28, 28), 10),
    "tiny-cnn": (
        lambda: nn.Sequential(nn.Conv2d(1, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(2704, 10)),
        (1, 28, 28),
        10,
    ),
    "basic-cnn": (lambda: two_convolutions(16, 128), (1, 28, 28), 10),
    "resnet18": (resnet18, (3, 224, 224), 1000),
}


def turns(request):
    """At least `steps`, and for at least `leastMs` milliseconds; no further one once `mostMs` have passed."""
    begun = time.perf_counter()
    done = 0
    while True:
        elapsed_ms = (time.perf_counter() - begun) * 1e3
        if elapsed_ms >= request.get("mostMs", float("inf")):
            return
        if done >= request["steps"] and elapsed_ms >= request.get("leastMs", 0):
            return
        yield done
        done += 1


class Rival:
    def setup(self, request):
        torch.set_num_threads(request["threads"])
        torch.manual_seed(request["seed"])
        build, shape, classes = NETWORKS[request["network"]]
        self.model = build()
        self.loss = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3)
        n = request["batchSize"]
        if request.get("inputs"):
            import numpy as np

            pixels = np.fromfile(request["inputs"], dtype=np.float32)
            labels = np.fromfile(request["labels"], dtype=np.int32)
            batches = pixels.size // (n * shape[0] * shape[1] * shape[2])
            self.inputs = torch.from_numpy(pixels).reshape(batches, n, *shape)
            self.labels = torch.from_numpy(labels).long().reshape(batches, n)
        else:
            self.inputs = torch.rand(1, n, *shape)
            self.labels = torch.randint(0, classes, (1, n))
        self.at = 0
        return {"version": torch.__version__, "threads": torch.get_num_threads()}

    def next_batch(self):
        self.at = (self.at + 1) % len(self.inputs)
        return self.inputs[self.at], self.labels[self.at]

    def train(self, request):
        self.model.train()
        times = []
        for _ in turns(request):
            x, y = self.next_batch()
            started = time.perf_counter()
            self.optimizer.zero_grad()
            loss = self.loss(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            loss.item()
            times.append((time.perf_counter() - started) * 1e3)
        return {"ms": times}

    def infer(self, request):
        self.model.eval()
        times = []
        with torch.inference_mode():
            for _ in turns(request):
                x, _ = self.next_batch()
                started = time.perf_counter()
                self.model(x)
                times.append((time.perf_counter() - started) * 1e3)
        return {"ms": times}

    def export(self, request):
        """Writes the network as ONNX, for the inference rivals."""
        self.model.eval()
        torch.onnx.export(self.model, self.inputs[0], request["path"], dynamo=False)
        return {"path": os.path.abspath(request["path"])}


rival = Rival()
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(getattr(rival, request["command"])(request)), flush=True)
