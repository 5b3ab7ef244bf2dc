"""all-MiniLM-L6-v2 with a head of three labels: a cross-encoder that reads the evidence and the claim together."""

from pathlib import Path

import torch
from transformers import BertModel

from eval.train.pairs import LABELS


class CrossEncoder(torch.nn.Module):
    """Tokens of "[CLS] evidence [SEP] claim [SEP]" in, three logits a pair out, in the order of LABELS.

    The head reads the first state and the mean of all: upstream trained only the mean, and an alignment of the two
    texts gathers in the first.
    """

    def __init__(self, base: Path, attention: str = "sdpa") -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation=attention)
        width = self.bert.config.hidden_size
        self.dense = torch.nn.Linear(2 * width, width)
        self.dropout = torch.nn.Dropout(0.1)
        self.out = torch.nn.Linear(width, len(LABELS))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """`ids`, `mask`, `types`: int64, shape (pairs, tokens). Returns float logits, shape (pairs, 3)."""
        states = self.bert(ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        kept = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * kept).sum(1) / kept.sum(1)
        hidden = torch.tanh(self.dense(torch.cat([states[:, 0], mean], dim=-1)))
        logits: torch.Tensor = self.out(self.dropout(hidden))
        return logits
