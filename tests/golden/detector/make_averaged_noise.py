"""Noise of the mean of frames from its two halves, by numpy. Run: python3 make_averaged_noise.py > averaged-noise.json"""
import json

import numpy as np

random = np.random.default_rng(8)


def averaged(frames):
    half = len(frames) // 2
    difference = frames[:half].mean(axis=0) - frames[half : 2 * half].mean(axis=0)
    pairs = np.array([np.std(a - b) / np.sqrt(2) for a, b in zip(frames, frames[1:])])
    # Weighted by the inverse square of their errors, which go with the values.
    single = np.sum(1 / pairs) / np.sum(1 / pairs**2)
    return float(np.std(difference) / 2), float(single / np.sqrt(2 * half))


pattern = random.normal(0, 5, 400)
frames = 1000 + pattern + random.normal(0, 7, (6, 400))
light = 0.9 + 0.2 * random.random(400)
levels = np.array([9000, 7000, 5500, 4000, 3000.0])
flats = 300 + levels[:, None] * light * (1 + random.normal(0, 0.01, (5, 400)))
scaled = [(flat - 300) / np.mean(flat - 300) for flat in flats[:4]]
plain, predicted = averaged(frames)
relative, relative_predicted = averaged(np.array(scaled))
print(
    json.dumps(
        {
            'versions': {'numpy': np.__version__},
            'frames': frames.tolist(),
            'value': plain,
            'predicted': predicted,
            'flats': flats.tolist(),
            'bias': 300,
            'relative': relative,
            'relativePredicted': relative_predicted,
        }
    )
)
