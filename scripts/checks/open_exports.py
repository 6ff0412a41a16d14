"""Opens what @cnn/models exported with PyTorch and onnxruntime and prints their logits as JSON.

    python scripts/checks/open_exports.py FOLDER

FOLDER holds `weights.safetensors` and `model.onnx` of a two-block-cnn and `images.f32`, images of 1 x 28 x 28. Needs
torch, safetensors and onnxruntime. `test/exports-in-python.test.ts` of the package calls it where CNN_PYTHON names a
Python that has them.
"""

import json
import sys

import numpy
import onnxruntime
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import nn


class TwoBlockCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv_block = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        )  # fmt: skip
        self.fc_block = nn.Sequential(nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))

    def forward(self, x):
        return self.fc_block(self.conv_block(x))


folder = sys.argv[1]
images = numpy.fromfile(f"{folder}/images.f32", numpy.float32).reshape(-1, 1, 28, 28)
model = TwoBlockCnn().eval()
model.load_state_dict(load_file(f"{folder}/weights.safetensors"))
with torch.no_grad():
    in_torch = model(torch.tensor(images)).numpy()
session = onnxruntime.InferenceSession(f"{folder}/model.onnx")
in_onnx = session.run(["output"], {"input": images})[0]
with safe_open(f"{folder}/weights.safetensors", "pt") as file:
    metadata = file.metadata()
print(
    json.dumps(
        {
            "torch": in_torch.flatten().tolist(),
            "onnx": in_onnx.flatten().tolist(),
            "metadata": [metadata, session.get_modelmeta().custom_metadata_map],
        }
    )
)
