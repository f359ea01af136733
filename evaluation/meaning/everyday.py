"""Requests in everyday language, made of word lists that were written for this purpose.

Documentation says how a thing works; people say what went wrong with it. Each sentence joins a frame, a verb and a
noun at random with a fixed seed. Many are odd (`how do I cancel my knee`); the teacher knows where they point.
"""

import random

VERBS = """
accept access activate add appeal apply_for arrange attach authorise avoid back_up block book borrow buy cancel change
charge check choose claim clean close collect combine compare complain_about confirm connect contact copy create
deactivate decline decrease delete deliver deposit disable dispute download edit enable enter exchange exclude export
extend file fill_out find fix forward freeze get give_away hide import improve increase insert insure install invite
join keep leave lend limit link list_all lock log_in_to log_out_of lose lower make manage measure merge move mute name
open order organise pause pay pay_for play postpone prepare print prove publish raise reach read receive recover recycle
redeem reduce register reinstall reject remove rename renew rent repair replace report request reschedule reset restart
restore return review save schedule search see sell send set_up share show sign skip split start stop store submit
subscribe_to swap switch_off switch_on talk_to test top_up trace track trade transfer translate turn_down turn_off
turn_on undo unblock uninstall unlock unsubscribe_from update upgrade upload use verify view visit wash withdraw write
""".split()

NOUNS = """
account account_holder address advance_payment age_limit airport alarm allergy allowance answer app appointment area
article attachment audio avatar baby_seat backup badge bag baggage balance bank_account bank_statement battery bed
benefits bike bill birth_certificate blanket blood_test body boiler bonus book booking box branch bread broadband
browser budget building bus business cable calendar call camera cancellation_fee car card card_reader case cash cash_machine
certificate charge charger chat cheque child class click clothes coffee colour comment commission company
complaint computer concert conditions connection contact contract cookie_settings copy cost country coupon course
cover credit_limit credit_score currency customer customer_service damage dashboard data date deadline debit_card
debt deductible default_payment delivery delivery_address delivery_date deposit desk device diet dinner direct_debit
discount display doctor document dog domain door download draft dress driver driving_licence email email_address
employer engine error error_message event exam exchange_rate expense eyesight fabric family fare fee feedback file
filter fine fingerprint flat flight floor folder food form free_trial fridge friend fuel game garden gas_bill gift
gift_card glasses goods group guarantee guest gym_membership hair half_price headphones health heating holiday home
hospital hotel hotel_room hours house identity_card income insurance insurance_policy interest interest_rate internet
invitation invoice item job joining_fee journey key keyboard kitchen label language laptop late_fee lawyer leave lesson
letter level library licence life_insurance light limit line link list loan local_shop location lock log logo loyalty
points luggage machine mail mailbox main_course manager map match meal medicine meeting member membership menu
message meter minimum_order mistake mobile_data mobile_phone money monthly_payment mortgage movie music name network
newsletter night_bus noise note notification number offer office oil online_payment opening_hours operator option
order oven overdraft package page paint paper parcel parents park parking parking_ticket partner part passenger passport
password pay payment payment_method pension permission pet phone phone_number photo picture pin pin_code place
plan plane platform player playlist point policy pool population post postcode pregnancy premium prescription present
price printer prize problem product profile profile_picture programme project promo_code proof property purchase
quality question queue quote radio rail_card rate reason receipt recipe referral refund region registration
reminder rent rental_car repair reply report request rest restaurant result return reward ring risk road room route rule
salary sale sale_price salt sandwich savings savings_account scan schedule school score screen seat seat_belt second
card security security_code seller service session settings shift shipment shipping_cost shirt shoes shop shopping_cart
shower sick_leave sign signal signature sim_card site size sleep snow song sound space speaker special_offer
speed spending staff standing_order start_date station status stock store storage street student_discount subject
subscription sugar support table tablet tariff task tax tax_return taxi teacher team television temperature tenant
terms test text theme ticket tickets time time_zone timer tip title top topic tour town track traffic train
training transaction transfer translation travel_card trial trip tutorial two-factor_code tyre update upgrade usage
user user_name vaccine value vat vehicle verification_code version video visa visit voice_mail volume voucher vote wage
waiting_time wallet wardrobe warehouse warranty washing_machine water_bill weather website wedding week weight wheel
wifi window winner withdrawal work working_hours world year youth_hostel
""".split()

ACTIONS = """
how do i {verb} my {noun}|How can I {verb} a {noun}?|can I {verb} the {noun}|I want to {verb} my {noun}|{verb} {noun}
i cant {verb} my {noun}|unable to {verb} {noun}|Is it possible to {verb} a {noun} online?|please {verb} my {noun}
why can't I {verb} my {noun}?|where do i {verb} the {noun}|What do I need to {verb} a {noun}?|{noun}: {verb}
How long does it take to {verb} a {noun}?|does it cost anything to {verb} my {noun}|i need help to {verb} a {noun}
What happens if I {verb} my {noun}?|who can {verb} my {noun}|I tried to {verb} my {noun} but it failed
am i allowed to {verb} my {noun}|When can I {verb} my {noun}?|not able to {verb} my {noun} pls help
could you {verb} the {noun} for me|i forgot to {verb} my {noun}|do i have to {verb} a {noun} first
""".strip().replace("\n", "|").split("|")

STATES = """
where is my {noun}|my {noun} has not arrived|My {noun} is not working|What is a {noun}?|i lost my {noun}
someone stole my {noun}|my {noun} is wrong|How much does a {noun} cost?|which {noun} is best for me|{noun} not received
I don't see my {noun}|why was my {noun} declined|when will I get my {noun}|Is there a {noun}?|do you have a {noun}
my {noun} is broken|{noun} is too small|The {noun} does not show up|how many {noun} can i have|what's my {noun}
my {noun} disappeared|I have two {noun}, why?|tell me about the {noun}|what does {noun} mean|details of {noun}
why is there a fee for {noun}|my {noun} expired|Do I need a {noun}?|is the {noun} safe|what is the {noun} of {other}
What is the difference between {noun} and {other}?|{noun} without {other}|{noun} and {other}|my {noun} or my {other}
""".strip().replace("\n", "|").split("|")

SEED = 5


def sentences(number):
    """That many sentences, half of them about actions."""
    chance = random.Random(SEED)
    for _ in range(number):
        frame = chance.choice(ACTIONS if chance.random() < 0.5 else STATES)
        verb, noun, other = chance.choice(VERBS), chance.choice(NOUNS), chance.choice(NOUNS)
        yield frame.format(verb=verb, noun=noun, other=other).replace("_", " ")
