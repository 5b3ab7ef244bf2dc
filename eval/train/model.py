"""A published encoder with a head of three labels: a cross-encoder that reads the evidence and the claim together."""

from pathlib import Path

import torch
from transformers import AutoModel

from eval.train.pairs import LABELS


class CrossEncoder(torch.nn.Module):
    """Tokens of "[CLS] evidence [SEP] claim [SEP]" in, three logits a pair out, in the order of LABELS.

    The head reads the first state and the mean of all: upstream trained only the mean, and an alignment of the two
    texts gathers in the first.
    """

    def __init__(self, base: Path, frozen: int = 0) -> None:
        """`base`: a folder of a BERT or MPNet; its word vectors and its first `frozen` layers stay as they are."""
        super().__init__()
        # MPNet knows no other attention. No dropout: hardly a pair is seen twice, so there is nothing to overfit.
        self.encoder = AutoModel.from_pretrained(
            base,
            add_pooling_layer=False,
            attn_implementation="eager",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        width = self.encoder.config.hidden_size
        self.dense = torch.nn.Linear(2 * width, width)
        self.out = torch.nn.Linear(width, len(LABELS))
        if frozen:
            for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:frozen]):
                part.requires_grad_(False)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """`ids`, `mask`, `types`: int64, shape (pairs, tokens). Returns float logits, shape (pairs, 3)."""
        kinds = {"token_type_ids": types} if self.encoder.config.model_type == "bert" else {}
        states = self.encoder(ids, attention_mask=mask, **kinds).last_hidden_state
        kept = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * kept).sum(1) / kept.sum(1)
        hidden = torch.tanh(self.dense(torch.cat([states[:, 0], mean], dim=-1)))
        logits: torch.Tensor = self.out(hidden)
        return logits
