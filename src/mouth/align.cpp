// Vowels in order: free, or along a text.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "mouth/voice.h"

namespace nakawari {
namespace {

// A template's distance is cut here: one odd frame must not decide.
constexpr double kMostCost = 16;
// Price of standing in a vowel where nobody speaks, and of standing in a pause where somebody does.
constexpr double kSilentVowel = 25, kLoudPause = 25;
// Free search: price of changing the vowel.
constexpr double kChange = 12;
// A vowel wins clearly when the next best costs this much more, on average.
constexpr double kClear = 1.0;
constexpr int kLeastVowel = 5, kLeastPause = 3;  // frames
// Alignment remembers frames times cells; a minute of speech is a tenth of this.
constexpr std::size_t kMostCells = 100'000'000;
constexpr double kNever = std::numeric_limits<double>::infinity();

double cost_of(const VowelTemplate& vowel, const Cepstra& heard) {
  double sum = 0;
  for (int c = 0; c < kCepstra; ++c) {
    const double d = (heard[c] - vowel.mean[c]) / vowel.spread[c];
    sum += d * d;
  }
  return std::min(kMostCost, sum / kCepstra);
}

/// A place in the line of what is said.
struct State {
  std::string shape;
  int least = 1;          ///< frames
  bool optional = false;  ///< may be skipped
};

const VowelTemplate* find(const std::vector<VowelTemplate>& templates, const std::string& shape) {
  const auto it = std::find_if(templates.begin(), templates.end(),
                               [&](const VowelTemplate& t) { return t.shape == shape; });
  return it == templates.end() ? nullptr : &*it;
}

/// Per state and frame what it costs to stand there.
double stand(const VoiceFeatures& voice, const std::vector<VowelTemplate>& templates, const State& state,
             std::size_t frame) {
  if (state.shape == kClosedMouth) return voice.speech[frame] ? kLoudPause : 0;
  if (!voice.speech[frame]) return kSilentVowel;
  const VowelTemplate* vowel = find(templates, state.shape);
  return vowel ? cost_of(*vowel, voice.cepstra[frame]) : 0.5 * kMostCost;
}

/// The lips' own closing shows as a dip: standing closed in it costs little.
double dip(const VoiceFeatures& voice, std::size_t frame) {
  double around = voice.loudness[frame];
  const std::size_t low = frame > 8 ? frame - 8 : 0, high = std::min(voice.loudness.size(), frame + 9);
  for (std::size_t i = low; i < high; ++i) around = std::max(around, voice.loudness[i]);
  return around - voice.loudness[frame];
}

}  // namespace

std::vector<MouthSpan> mouths_by_vowels(const VoiceFeatures& voice,
                                        const std::vector<VowelTemplate>& templates, Report* notes) {
  const std::size_t n = voice.speech.size(), m = templates.size();
  // Viterbi over the vowels inside each stretch of speech; outside it the mouth is closed.
  std::vector<double> best(m, 0);
  std::vector<std::vector<int>> before(n, std::vector<int>(m, 0));
  for (std::size_t i = 0; i < n; ++i) {
    const auto least = std::min_element(best.begin(), best.end());
    const int from = static_cast<int>(least - best.begin());
    const double change = *least + (voice.speech[i] ? kChange : 0);
    std::vector<double> now(m);
    for (std::size_t v = 0; v < m; ++v) {
      before[i][v] = change < best[v] ? from : static_cast<int>(v);
      now[v] = std::min(best[v], change) + (voice.speech[i] ? cost_of(templates[v], voice.cepstra[i]) : 0);
    }
    best = std::move(now);
  }
  std::vector<int> path(n, 0);
  int at = static_cast<int>(std::min_element(best.begin(), best.end()) - best.begin());
  for (std::size_t i = n; i-- > 0;) {
    path[i] = at;
    at = before[i][at];
  }
  const std::vector<MouthSpan> loud = mouths_by_loudness(voice);
  std::vector<MouthSpan> spans;
  for (std::size_t i = 0; i < n;) {
    std::size_t end = i;
    while (end < n && voice.speech[end] == voice.speech[i] && (!voice.speech[i] || path[end] == path[i]))
      ++end;
    const double start = static_cast<double>(i) * kFrameSeconds,
                 stop = static_cast<double>(end) * kFrameSeconds;
    if (!voice.speech[i]) {
      spans.push_back({start, stop, kClosedMouth, 1});
    } else {
      double margin = 0;
      for (std::size_t k = i; k < end; ++k) {
        double own = 0, other = kMostCost;
        for (std::size_t v = 0; v < m; ++v) {
          const double cost = cost_of(templates[v], voice.cepstra[k]);
          if (static_cast<int>(v) == path[i])
            own = cost;
          else
            other = std::min(other, cost);
        }
        margin += (other - own) / static_cast<double>(end - i);
      }
      if (margin >= kClear) {
        spans.push_back({start, stop, templates[path[i]].shape, std::min(1.0, margin / (4 * kClear))});
      } else {
        for (const MouthSpan& span : loud)
          if (std::min(span.end, stop) > std::max(span.start, start))
            spans.push_back({std::max(span.start, start), std::min(span.end, stop), span.shape, 0.2});
        if (notes)
          notes->push_back(
              {"unclear-vowel",
               fmt::format("no vowel is clear from {:.2f} to {:.2f} s; the mouth follows loudness", start,
                           stop),
               {}});
      }
    }
    i = end;
  }
  return spans;
}

Result<std::vector<MouthSpan>> align_mouths(const VoiceFeatures& voice,
                                            const std::vector<VowelTemplate>& templates,
                                            const std::vector<Mora>& morae) {
  const auto wrong = [](std::string message, std::string mend) {
    return fail(ErrorCode::bad_input, std::move(message), std::move(mend));
  };
  if (voice.silent) return wrong("nobody speaks in the recording", "check its level, or leave the text out");
  // The line of states: a pause may stand anywhere between morae, lips close before m, b and p.
  std::vector<State> states{{kClosedMouth, kLeastPause, true}};
  std::vector<char> lips{0};
  for (const Mora& mora : morae) {
    if (mora.shape == kClosedMouth) continue;
    if (mora.lips) {
      states.push_back({kClosedMouth, kLeastPause, false});
      lips.push_back(1);
    }
    states.push_back({mora.shape, kLeastVowel, false});
    lips.push_back(0);
    states.push_back({kClosedMouth, kLeastPause, true});
    lips.push_back(0);
  }
  // Each state as a chain of `least` cells, the last of which may go on.
  struct Cell {
    int state;
    bool first, last;
  };
  std::vector<Cell> cells;
  for (std::size_t s = 0; s < states.size(); ++s)
    for (int k = 0; k < states[s].least; ++k)
      cells.push_back({static_cast<int>(s), k == 0, k + 1 == states[s].least});
  std::vector<int> first_cell, last_cell;
  for (std::size_t s = 0, c = 0; s < states.size(); ++s) {
    first_cell.push_back(static_cast<int>(c));
    c += static_cast<std::size_t>(states[s].least);
    last_cell.push_back(static_cast<int>(c) - 1);
  }
  const std::size_t n = voice.speech.size(), m = cells.size();
  if (n * m > kMostCells)
    return wrong("text and voice are too long to be aligned", "cut them into sentences");
  std::vector<double> best(m, kNever);
  std::vector<std::vector<std::int32_t>> before(n, std::vector<std::int32_t>(m, -1));
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<double> now(m, kNever);
    for (std::size_t c = 0; c < m; ++c) {
      const Cell& cell = cells[c];
      double own = stand(voice, templates, states[cell.state], i);
      if (lips[cell.state]) own = std::min(own, std::max(0.0, 12 - 1.2 * dip(voice, i)));
      double from = kNever;
      std::int32_t by = -1;
      const auto offer = [&](std::int32_t k) {
        if (best[k] < from) {
          from = best[k];
          by = k;
        }
      };
      if (i == 0) {
        if (cell.first && (cell.state == 0 || (cell.state == 1))) from = 0;
      } else {
        if (cell.last) offer(static_cast<std::int32_t>(c));
        if (!cell.first) {
          offer(static_cast<std::int32_t>(c) - 1);
        } else {
          for (int s = cell.state - 1; s >= 0; --s) {
            offer(last_cell[s]);
            if (!states[s].optional) break;
          }
        }
      }
      now[c] = from + own;
      before[i][c] = by;
    }
    best = std::move(now);
  }
  // The end: the last state, or the one before it when that is a pause that was skipped.
  int at = -1;
  for (int s = static_cast<int>(states.size()) - 1; s >= 0; --s) {
    if (at < 0 || best[last_cell[s]] < best[at]) at = last_cell[s];
    if (!states[s].optional) break;
  }
  if (best[at] == kNever)
    return wrong("the recording is too short for the text", "check that text and voice belong together");
  std::vector<int> path(n);
  for (std::size_t i = n; i-- > 0;) {
    path[i] = cells[at].state;
    if (before[i][at] >= 0) at = before[i][at];
  }
  std::vector<MouthSpan> spans;
  for (std::size_t i = 0; i < n;) {
    std::size_t end = i;
    while (end < n && path[end] == path[i]) ++end;
    const std::string& shape = states[path[i]].shape;
    double cost = 0;
    for (std::size_t k = i; k < end; ++k)
      cost += stand(voice, templates, states[path[i]], k) / static_cast<double>(end - i);
    const double start = static_cast<double>(i) * kFrameSeconds,
                 stop = static_cast<double>(end) * kFrameSeconds;
    if (!spans.empty() && spans.back().shape == shape)
      spans.back().end = stop;
    else
      spans.push_back({start, stop, shape, 1 / (1 + cost / 4)});
    i = end;
  }
  return spans;
}

}  // namespace nakawari
