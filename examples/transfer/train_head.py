"""Trains a new head for a frozen ResNet18 on a folder of images: `train-head.mjs` in PyTorch, step by step the same.

    python examples/transfer/train_head.py FOLDER WEIGHTS [SIDE] [EPOCHS]

WEIGHTS is a state dict as .pth or (gzipped) .safetensors. Needs torch, safetensors and pillow; torchvision only for its
ResNet18, which is taken from `scripts/fixtures/resnet.py` where torchvision is not installed.
"""

import gzip
import hashlib
import json
import os
import sys
import time

import numpy
import torch
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Subset, TensorDataset

folder, weights = sys.argv[1:3]
side = int(sys.argv[3]) if len(sys.argv) > 3 else 224
epochs = int(sys.argv[4]) if len(sys.argv) > 4 else 10


def resnet18():
    try:
        import torchvision

        return torchvision.models.resnet18()
    except ImportError:
        path = os.path.join(os.path.dirname(__file__), "../../scripts/fixtures/resnet.py")
        source = open(path).read().split("DEPTHS =")[0]
        names = {}
        exec(source, names)
        return names["ResNet"]([2, 2, 2, 2])


def state_dict():
    if ".safetensors" not in weights:
        return torch.load(weights, map_location="cpu")
    from safetensors.torch import load

    return load((gzip.open if weights.endswith(".gz") else open)(weights, "rb").read())


def image(path):
    picture = Image.open(path).convert("RGB")
    width, height = picture.size
    shorter = round(side * 256 / 224)
    size = (shorter, int(shorter * height / width)) if width <= height else (int(shorter * width / height), shorter)
    picture = picture.resize(size, Image.BILINEAR)
    left, top = round((size[0] - side) / 2), round((size[1] - side) / 2)
    pixels = torch.tensor(numpy.asarray(picture.crop((left, top, left + side, top + side)))).permute(2, 0, 1) / 255
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    return (pixels - mean[:, None, None]) / std[:, None, None]


torch.manual_seed(0)
classes = sorted(os.listdir(folder))
files = [(os.path.join(folder, name, file), label) for label, name in enumerate(classes) for file in sorted(os.listdir(os.path.join(folder, name)))]
model = resnet18()
model.load_state_dict(state_dict(), strict=False)
model.fc = nn.Linear(512, len(classes))
for name, parameter in model.named_parameters():
    parameter.requires_grad = name.startswith("fc.")
model.eval()


def backbone_hash():
    state = [v.numpy().tobytes() for k, v in model.state_dict().items() if not k.startswith("fc.")]
    return hashlib.sha256(b"".join(state)).hexdigest()


before, started = backbone_hash(), time.time()
head, model.fc = model.fc, nn.Identity()
with torch.no_grad():
    features = torch.cat([model(torch.stack([image(f) for f, _ in files[i : i + 32]])) for i in range(0, len(files), 32)])
model.fc = head
print(f"features computed in {time.time() - started:.1f} s")
labels = torch.tensor([label for _, label in files])
data = TensorDataset(features, labels)
order = torch.randperm(len(data), generator=torch.Generator().manual_seed(0))
boundary = len(data) - round(len(data) * 0.2)
train, validation = Subset(data, sorted(order[:boundary].tolist())), order[boundary:]
loader = DataLoader(train, batch_size=64, shuffle=True)
optimizer = torch.optim.Adam(head.parameters(), lr=1e-3)
criterion = nn.CrossEntropyLoss()
for epoch in range(1, epochs + 1):
    started, losses = time.time(), []
    for x, y in loader:
        loss = criterion(head(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    with torch.no_grad():
        right = (head(features[validation]).argmax(1) == labels[validation]).double().mean().item()
    seconds = time.time() - started
    print(json.dumps({"epoch": epoch, "loss": sum(losses) / len(losses), "validationAccuracy": right, "seconds": seconds}))
print("backbone", "unchanged" if backbone_hash() == before else "CHANGED")
