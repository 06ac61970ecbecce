"""Peer of the training-step benchmark: the same network and optimiser in Python torch.

Reads lines "go N" on standard input, makes N training steps, and answers with the seconds they took.
usage: python3 torch_step.py <size px> <images per step, all ways> <threads>
Needs torch and torchvision (Debian: python3-torch python3-torchvision).
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional
from torchvision.models import resnet18

size, images, threads = (int(a) for a in sys.argv[1:4])
torch.set_num_threads(threads)
torch.manual_seed(1)
encoder = resnet18(weights=None)
encoder.fc = nn.Identity()
head = nn.Sequential(
    nn.Linear(512, 512), nn.BatchNorm1d(512), nn.ReLU(),
    nn.Linear(512, 128), nn.BatchNorm1d(128), nn.ReLU(), nn.Linear(128, 3))
net = nn.Sequential(encoder, head).train()
optimiser = torch.optim.SGD(net.parameters(), lr=0.03, momentum=0.9, weight_decay=3e-5)
batch = torch.randn(images, 3, size, size)
labels = torch.arange(images) % 3

for line in sys.stdin:
    steps = int(line.split()[1])
    began = time.perf_counter()
    for _ in range(steps):
        loss = functional.cross_entropy(net(batch), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        loss.item()
    print(time.perf_counter() - began, flush=True)
